'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Tool, ToolImport } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';
import { Catalogue } from './catalogue';
import { ConfirmDialog } from './confirm-dialog';
import { factWords, STATE_TONES, STATE_WORDS } from './fact-words';
import { hintsOf } from './hints';
import { toolImportsQuery, toolsQuery } from './queries';

/** What the server hints, beside what a person confirmed, and who. */
function HintsAndFacts({ tool, known }: { tool: ToolImport; known: Tool | undefined }) {
  const hints = hintsOf(tool.seen.definition);
  const { confirmed } = tool;
  return (
    <dl className="mt-1 grid gap-x-3 text-dense sm:grid-cols-[8rem_1fr]">
      <dt className="text-ink-2">{t('Hints')}</dt>
      <dd>{hints.length === 0 ? t('none') : hints.join(', ')}</dd>
      <dt className="text-ink-2">{t('Decided on')}</dt>
      <dd>
        {known === undefined
          ? t('nothing yet: it counts as unknown, and a person looks at each call')
          : factWords(known).join(', ')}
      </dd>
      {confirmed?.confirmedAt ? (
        <>
          <dt className="text-ink-2">{t('Confirmed')}</dt>
          <dd>
            {rich('by {name}, {time}', {
              name: confirmed.confirmedBy ?? '',
              time: <RelativeTime at={confirmed.confirmedAt} />,
            })}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

function ToolRow({
  tool,
  known,
  onLook,
}: {
  tool: ToolImport;
  known: Tool | undefined;
  onLook: () => void;
}) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <code className="font-medium wrap-anywhere">{tool.name}</code>
          <Badge tone={STATE_TONES[tool.state]}>{STATE_WORDS[tool.state]}</Badge>
          {tool.seen.warnings.length > 0 ? (
            <Badge tone="severity-2">{t('look closely')}</Badge>
          ) : null}
        </p>
        <p className="mt-0.5 line-clamp-2 text-dense">
          <UntrustedText text={tool.seen.definition.description ?? ''} />
        </p>
        <HintsAndFacts tool={tool} known={known} />
      </div>
      <Button
        size="sm"
        variant={tool.state === 'confirmed' ? 'quiet' : 'primary'}
        aria-label={t('Look at {tool}', { tool: tool.name })}
        onClick={onLook}
      >
        {tool.state === 'changed' ? t('Look at the change…') : t('Look at it…')}
      </Button>
    </li>
  );
}

type Known = ReadonlyMap<string, Tool>;

function ServerToolList({ items, known }: { items: readonly ToolImport[]; known: Known }) {
  const [open, setOpen] = useState<string>();
  const looked = items.find(({ name }) => name === open);
  return (
    <>
      {items.some(({ state }) => state === 'changed') ? (
        <InlineStatus tone="error" className="m-2">
          {t('Tools changed since they were confirmed. Their calls are stopped.')}
        </InlineStatus>
      ) : null}
      <ul className="divide-y divide-line">
        {items.map((tool) => (
          <ToolRow
            key={tool.name}
            tool={tool}
            known={known.get(tool.name)}
            onLook={() => setOpen(tool.name)}
          />
        ))}
      </ul>
      {looked ? (
        <ConfirmDialog
          key={looked.seen.digest}
          tool={looked}
          known={known.get(looked.name)}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

/** The tools of MCP servers behind a gateway. */
function ServerTools({ known }: { known: Known }) {
  const query = useQuery(toolImportsQuery(useWorkspace()));
  return (
    <Panel
      title={t('Tools of MCP servers')}
      description={t('brought by a gateway; agents see what was confirmed')}
      flush
    >
      <QueryView query={query} what={t('The tools of MCP servers could not be loaded.')}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('No MCP server yet')}>
              {t('Start a gateway in front of one, and its tools are listed here to be confirmed.')}
            </Empty>
          ) : (
            <ServerToolList items={items} known={known} />
          )
        }
      </QueryView>
    </Panel>
  );
}

/** What tools there are, and what is known of them. */
export function ToolsPage() {
  const query = useQuery(toolsQuery(useWorkspace()));
  const tools = query.data?.items ?? [];
  return (
    <PageBody>
      <PageHeader
        title={t('Tools')}
        description={t('What agents call, and what Belay decides on when they do.')}
      />
      <div className="flex flex-col gap-4">
        <ServerTools known={new Map(tools.map((tool) => [tool.name, tool]))} />
        <Panel title={t('Catalogue')} flush>
          <QueryView query={query} what={t('The catalogue could not be loaded.')}>
            {({ items }) => <Catalogue tools={items} />}
          </QueryView>
        </Panel>
      </div>
    </PageBody>
  );
}
