'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { TextView } from '@/components/ui/code-view';
import { Field, Input } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Segmented } from '@/components/ui/segmented';
import { Empty, NoMatch } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Tool, ToolImport } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { counted, rich, t } from '@/lib/client/language';
import { ConfirmDialog } from './confirm-dialog';
import { factWords, STATE_TONES, STATE_WORDS } from './fact-words';
import { hintsOf } from './hints';
import { toolImportsQuery } from './queries';
import { countsOf, importsFound, type Wanted } from './tools-found';

/** What is decided on, by name; undefined while the catalogue is on its way. */
type Known = ReadonlyMap<string, Tool> | undefined;

/** From here on rows out of sight are not laid out. */
const MANY = 40;
/** What is typed to have tools listed here. */
const COMMAND = 'npm run --silent belay -- gateway --config gateway.json';

/** The tools of MCP servers behind a gateway. */
export function ServerTools({ known }: { known: Known }) {
  const query = useQuery(toolImportsQuery(useWorkspace()));
  return (
    <Panel
      title={t('Tools of MCP servers')}
      description={t('brought by a gateway; agents see what was confirmed')}
      flush
    >
      <QueryView query={query} what={t('The tools of MCP servers could not be loaded.')}>
        {({ items }) =>
          items.length === 0 ? <NoServer /> : <ServerToolList items={items} known={known} />
        }
      </QueryView>
    </Panel>
  );
}

function NoServer() {
  return (
    <>
      <Empty title={t('No MCP server yet')}>
        {t('Start a gateway in front of one, and its tools are listed here to be confirmed.')}
      </Empty>
      <div className="mx-auto max-w-[80ch] px-4 pb-4">
        <TextView label={t('Start a gateway')} text={COMMAND} whole />
      </div>
    </>
  );
}

function ServerToolList({ items, known }: { items: readonly ToolImport[]; known: Known }) {
  const [open, setOpen] = useState<string>();
  const [wanted, setWanted] = useState<Wanted>({ state: 'all', words: '' });
  const looked = items.find(({ name }) => name === open);
  const found = importsFound(items, wanted);
  const counts = countsOf(items);
  return (
    <>
      {counts.changed > 0 ? (
        <InlineStatus tone="error" className="m-2">
          {counted(
            counts.changed,
            '{count} tool changed since it was confirmed. Its calls are stopped.',
            '{count} tools changed since they were confirmed. Their calls are stopped.',
          )}
        </InlineStatus>
      ) : null}
      <Filter wanted={wanted} counts={counts} onWanted={setWanted} />
      {found.length === 0 ? (
        <NoMatch
          filters={[
            ...(wanted.state === 'all' ? [] : [STATE_WORDS[wanted.state]]),
            ...(wanted.words === '' ? [] : [wanted.words]),
          ]}
          onClear={() => setWanted({ state: 'all', words: '' })}
        />
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {found.map((tool) => (
            <ToolRow
              key={tool.name}
              tool={tool}
              known={known}
              lazy={found.length >= MANY}
              onLook={() => setOpen(tool.name)}
            />
          ))}
        </ul>
      )}
      {looked ? (
        <ConfirmDialog
          key={looked.seen.digest}
          tool={looked}
          known={known?.get(looked.name)}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

function Filter({
  wanted,
  counts,
  onWanted,
}: {
  wanted: Wanted;
  counts: ReturnType<typeof countsOf>;
  onWanted: (wanted: Wanted) => void;
}) {
  return (
    <div role="search" className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <Segmented
        label={t('Which tools')}
        value={wanted.state}
        onChange={(state) => onWanted({ ...wanted, state })}
        options={[
          { value: 'all', label: t('All tools {count}', { count: counts.all }) },
          { value: 'changed', label: t('Changed {count}', { count: counts.changed }) },
          { value: 'new', label: t('Not confirmed {count}', { count: counts.new }) },
        ]}
      />
      <Field label={t('Find a tool of a server')} hideLabel className="w-80 max-sm:w-full">
        <Input
          type="search"
          value={wanted.words}
          placeholder={t('Find a tool by its name or description')}
          onChange={({ target }) => onWanted({ ...wanted, words: target.value })}
        />
      </Field>
    </div>
  );
}

const LOOK = { changed: 'primary', new: 'secondary', confirmed: 'quiet' } as const;

function ToolRow({
  tool,
  known,
  lazy,
  onLook,
}: {
  tool: ToolImport;
  known: Known;
  lazy: boolean;
  onLook: () => void;
}) {
  return (
    <li
      className={
        lazy
          ? 'flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 [contain-intrinsic-size:auto_7rem] [content-visibility:auto]'
          : 'flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3'
      }
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <code className="font-medium wrap-anywhere">{tool.name}</code>
          <Badge tone={STATE_TONES[tool.state]}>{STATE_WORDS[tool.state]}</Badge>
          {tool.seen.warnings.length > 0 ? (
            <Badge tone="severity-2">{t('look closely')}</Badge>
          ) : null}
        </p>
        <p className="mt-0.5 line-clamp-2 max-w-[88ch] text-dense">
          <UntrustedText text={tool.seen.definition.description ?? ''} />
        </p>
        <HintsAndFacts tool={tool} known={known} />
      </div>
      <Button
        size="sm"
        variant={LOOK[tool.state]}
        className="max-md:h-11"
        aria-label={t('Look at {tool}', { tool: tool.name })}
        onClick={onLook}
      >
        {tool.state === 'changed' ? t('Look at the change…') : t('Look at it…')}
      </Button>
    </li>
  );
}

/** What the server hints, beside what a person confirmed, and who. */
function HintsAndFacts({ tool, known }: { tool: ToolImport; known: Known }) {
  const hints = hintsOf(tool.seen.definition);
  const { confirmed } = tool;
  return (
    <dl className="mt-1 grid gap-x-3 text-dense sm:grid-cols-[8rem_1fr]">
      <dt className="text-ink-2">{t('Hints')}</dt>
      <dd>{hints.length === 0 ? t('none') : hints.join(', ')}</dd>
      {known === undefined ? null : (
        <>
          <dt className="text-ink-2">{t('Decided on')}</dt>
          <dd>{decidedOn(known.get(tool.name))}</dd>
        </>
      )}
      {confirmed?.confirmedAt ? (
        <>
          <dt className="text-ink-2">{t('Confirmed')}</dt>
          <dd>
            {rich('by {name}, {time}', {
              name: confirmed.confirmedBy ?? '',
              time: <RelativeTime at={confirmed.confirmedAt} focusable />,
            })}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

const decidedOn = (facts: Tool | undefined) =>
  facts === undefined
    ? t('nothing yet: it counts as unknown, a risky write that no rung lets run unseen')
    : factWords(facts).join(', ');
