'use client';

import { useQuery } from '@tanstack/react-query';
import { CodeView, TextView } from '@/components/ui/code-view';
import { CopyButton } from '@/components/ui/copy-button';
import { Drawer } from '@/components/ui/dialog';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import { exactText } from '@/components/ui/time-text';
import type { LedgerEntry } from '@/lib/contracts';
import type { LedgerPage } from '@/lib/client/governance-queries';
import { ledgerKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { entryBody } from './entry-words';
import { kindWords } from './kind-words';
import { FullRef, type Names } from './ref';
import { t } from '@/lib/client/language';

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-2 py-1">
      <dt className="text-dense text-ink-2">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Hash({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 pt-1 text-xs wrap-anywhere">{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  );
}

function Entry({ entry, names }: { entry: LedgerEntry; names: Names }) {
  const at = Date.parse(entry.at);
  const body = entryBody(entry);
  return (
    <div className="flex flex-col gap-4">
      <dl>
        <Fact name={t('Kind')}>
          {kindWords(entry.kind)} <code className="text-xs text-ink-2">{entry.kind}</code>
        </Fact>
        <Fact name={t('About')}>
          <FullRef value={entry.subject} names={names} />
        </Fact>
        <Fact name={t('By')}>
          <FullRef value={entry.actor} names={names} />
        </Fact>
        <Fact name={t('When')}>
          <RelativeTime at={entry.at} />
          <span className="block text-dense whitespace-pre-line text-ink-2">{exactText(at)}</span>
        </Fact>
        <Fact name={t('Hash')}>
          <Hash value={entry.hash} label={t('Copy the hash')} />
        </Fact>
        <Fact name={t('Hash before it')}>
          <Hash value={entry.prevHash} label={t('Copy the hash of the entry before')} />
        </Fact>
      </dl>
      {body === undefined ? null : <CodeView label={t('What is recorded')} value={body} />}
      <TextView label={t('Canonical bytes')} text={entry.canonical} />
      <p className="text-dense text-ink-2">
        {t(
          'The hash is SHA-256 over exactly these bytes (RFC 8785 JSON in UTF-8), which contain the hash of the entry before.',
        )}
      </p>
    </div>
  );
}

function useEntry(seq: string | null, loaded: LedgerEntry | undefined) {
  const api = useApi();
  const workspace = useWorkspace();
  const before = Number(seq) + 1;
  return useQuery({
    queryKey: ledgerKeys.list(workspace, { before, limit: 1 }),
    queryFn: async ({ signal }) => {
      const page = await api.get<LedgerPage>('/api/v1/ledger', {
        signal,
        query: { before, limit: 1 },
      });
      const entry = page.items.find((item) => String(item.seq) === seq);
      return entry ? { entry, names: page.names } : null;
    },
    enabled: seq !== null && loaded === undefined,
    staleTime: Infinity,
  });
}

/** One entry with what it records, its exact bytes and its place in the chain. */
export function EntryDrawer({
  seq,
  loaded,
  names,
  onClose,
}: {
  seq: string | null;
  loaded: LedgerEntry | undefined;
  /** Of the loaded entries. */
  names: Names;
  onClose: () => void;
}) {
  const query = useEntry(seq, loaded);
  return (
    <Drawer
      open={seq !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Ledger entry {seq}', { seq: seq ?? '' })}
    >
      {loaded ? (
        <Entry entry={loaded} names={names} />
      ) : (
        <QueryView query={query} what={t('This entry could not be loaded.')}>
          {(found) =>
            found ? (
              <Entry {...found} />
            ) : (
              <Empty title={t('There is no such entry')}>
                {t('The chain is shorter than that.')}
              </Empty>
            )
          }
        </QueryView>
      )}
    </Drawer>
  );
}
