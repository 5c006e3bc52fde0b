'use client';

import { useMemo, useState } from 'react';
import { latePart } from '@/components/ui/late-part';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { rowsOf } from '../argument-rows';
import { Shown } from '../arguments-shown';
import type { KindCode } from '../reading/kind-code';
import { LATE_KINDS, PLAIN_KINDS } from '../reading/kind-codes';
import { type Reading, readingOf } from '../reading/kinds';
import { KIND_WORDS, type ReadingKind } from '../reading/kind-rules';
import { ArgumentLines } from './argument-line';
import {
  type ArgumentForm,
  ReadArguments,
  type ReadArgumentsProps,
  fetchJson,
} from './read-arguments';
import { OriginMark } from './origin-mark';
import { Section } from './section';

type ArgumentsProps = Omit<ReadArgumentsProps, 'code'>;

/** The arguments of a kind whose code is not part of the page. What stands out in them is known with it, and shown with it. */
function lateArguments(load: () => Promise<KindCode>) {
  return latePart<ArgumentsProps>(
    async () => {
      const code = await load();
      return function KindArguments(props) {
        return <ReadArguments {...props} code={code} />;
      };
    },
    {
      loading: <Skeleton className="m-3 h-24" />,
      get what() {
        return t(
          'This reading could not be shown, nor what stands out in it. Below are the fields.',
        );
      },
      instead: ({ rows, approval }) => (
        <>
          <Shown id={approval.id} />
          <ArgumentLines rows={rows} sources={approval.sources} marked={new Set(rows)} />
        </>
      ),
    },
  );
}

const LATE_ARGUMENTS: Readonly<Partial<Record<ReadingKind, ReturnType<typeof lateArguments>>>> = {
  sql: lateArguments(LATE_KINDS.sql),
  http: lateArguments(LATE_KINDS.http),
  diff: lateArguments(LATE_KINDS.diff),
  record: lateArguments(LATE_KINDS.record),
};

/** Fetches the code of the ways in which arguments are shown, before one is. */
export function fetchArgumentForms(): void {
  for (const [, fetchEarly] of Object.values(LATE_ARGUMENTS)) fetchEarly();
  fetchJson();
}

interface ArgumentsViewProps {
  approval: ApprovalDetail;
  title?: string;
}

/** The exact arguments: as a person would read a call of this kind, by field with their origin, or as one JSON text. */
export function ArgumentsView({
  approval,
  title = t('What would be executed'),
}: ArgumentsViewProps) {
  const rows = useMemo(() => rowsOf(approval), [approval]);
  const reading = useMemo(() => readingOf(approval.tool, rows), [approval.tool, rows]);
  const [chosen, setChosen] = useState<ArgumentForm>('reading');
  const form = chosen === 'reading' && reading === null ? 'fields' : chosen;
  const [Late] = (reading === null ? undefined : LATE_ARGUMENTS[reading.kind]) ?? [];
  const shown = { approval, rows, reading, form };
  return (
    <Section
      title={title}
      aside={
        <Segmented
          label={t('How the arguments are shown')}
          size="sm"
          value={form}
          onChange={setChosen}
          options={formsOf(reading)}
        />
      }
    >
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <Call approval={approval} />
        {Late === undefined ? (
          <ReadArguments
            {...shown}
            code={reading === null ? undefined : PLAIN_KINDS[reading.kind]}
          />
        ) : (
          <Late {...shown} />
        )}
        <DigestLine digest={approval.digest} />
      </div>
    </Section>
  );
}

function formsOf(reading: Reading | null): { value: ArgumentForm; label: string }[] {
  return [
    ...(reading === null ? [] : [{ value: 'reading' as const, label: KIND_WORDS[reading.kind] }]),
    { value: 'fields', label: t('Fields') },
    { value: 'json', label: 'JSON' },
  ];
}

function Call({ approval }: { approval: ApprovalDetail }) {
  const origin = approval.provenance.find(({ path }) => path === 'resource/id');
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 border-b border-line bg-sunken px-3 py-2">
      <UntrustedText text={approval.action.name} mono className="font-semibold" />
      <span className="text-xs text-ink-2">{t('on')}</span>
      <UntrustedText text={approval.resource.type} mono className="text-ink-2" />
      <UntrustedText text={approval.resource.id} mono />
      {origin === undefined ? null : <OriginMark origin={origin} />}
    </div>
  );
}

function DigestLine({ digest }: { digest: string }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 bg-sunken px-3 py-1.5 text-xs text-ink-2">
      <span
        data-hint={t(
          'SHA-256 over tool, arguments, resource, agent, session and policy version. An approval covers exactly these bytes.',
        )}
      >
        {t('Digest')}
      </span>
      <code className="text-[11.5px] wrap-anywhere select-all">{digest}</code>
    </p>
  );
}
