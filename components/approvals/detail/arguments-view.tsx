'use client';

import { useMemo, useState } from 'react';
import { CodeView } from '@/components/ui/code-view';
import { latePart } from '@/components/ui/late-part';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { type ArgumentOrigin, type ArgumentRow, rowsOf } from '../argument-rows';
import { dangersOf } from '../reading/dangers';
import { type Reading, readingOf } from '../reading/kinds';
import { KIND_WORDS } from '../reading/kind-rules';
import { needsFind } from '../find-matches';
import { ArgumentLines } from './argument-line';
import { ArgumentsSummary } from './arguments-summary';
import { FindBox } from './find-box';
import { OriginMark } from './origin-mark';
import { Section } from './section';

// The queue is there first: how a call reads is fetched while it is looked at.
const [ReadingView, fetchReading] = latePart(
  async () => (await import('../reading/reading-view')).ReadingView,
  {
    loading: <Skeleton className="m-3 h-24" />,
    get what() {
      return t('This reading could not be shown. The fields and the JSON are there.');
    },
  },
);
export { fetchReading };

// Only long arguments are searched.
const [FoundValues] = latePart(async () => (await import('./found-values')).FoundValues, {
  loading: <Skeleton className="m-3 h-24" />,
  get what() {
    return t('The search could not be shown.');
  },
});

type Form = 'reading' | 'fields' | 'json';

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
  const dangers = useMemo(() => dangersOf(rows, reading), [rows, reading]);
  const marked = useMemo(() => new Set(dangers.map(({ row }) => row)), [dangers]);
  const [chosen, setChosen] = useState<Form>('reading');
  const [words, setWords] = useState('');
  const form = chosen === 'reading' && reading === null ? 'fields' : chosen;
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
        <ArgumentsSummary
          rows={rows}
          dangers={dangers}
          linked={form !== 'json' && words.trim() === ''}
        />
        {needsFind(rows) ? <FindBox words={words} onChange={setWords} /> : null}
        {words.trim() === '' ? (
          <Arguments
            form={form}
            approval={approval}
            rows={rows}
            reading={reading}
            marked={marked}
          />
        ) : (
          <FoundValues rows={rows} words={words} sources={approval.sources} />
        )}
        <DigestLine digest={approval.digest} />
      </div>
    </Section>
  );
}

function formsOf(reading: Reading | null): { value: Form; label: string }[] {
  return [
    ...(reading === null ? [] : [{ value: 'reading' as const, label: KIND_WORDS[reading.kind] }]),
    { value: 'fields', label: t('Fields') },
    { value: 'json', label: 'JSON' },
  ];
}

interface ArgumentsProps {
  form: Form;
  approval: ApprovalDetail;
  rows: readonly ArgumentRow[];
  reading: Reading | null;
  marked: ReadonlySet<ArgumentRow>;
}

function Arguments({ form, approval, rows, reading, marked }: ArgumentsProps) {
  if (form === 'json') return <AsJson approval={approval} rows={rows} />;
  if (form === 'reading' && reading !== null)
    return <ReadingView reading={reading} sources={approval.sources} marked={marked} />;
  if (rows.length === 0)
    return <p className="px-3 py-2 text-dense text-ink-2">{t('This call has no arguments.')}</p>;
  return <ArgumentLines rows={rows} sources={approval.sources} marked={marked} />;
}

/** The arguments, and what the agent says of the resource, as the texts they are. */
function AsJson({
  approval: { action, resource },
  rows,
}: {
  approval: ApprovalDetail;
  rows: readonly ArgumentRow[];
}) {
  const origins = useMemo(() => new Map(rows.map((row) => [row.path, row.origin])), [rows]);
  const marked = (from: string) =>
    function Mark(path: string) {
      return <JsonOrigin origin={origins.get(`${from}${path}`) ?? null} />;
    };
  return (
    <>
      <CodeView
        label={t('Arguments as JSON')}
        value={action.properties.arguments}
        annotate={marked('')}
        className="rounded-none border-0"
      />
      {resource.properties === undefined ? null : (
        <CodeView
          label={t('Properties of the resource as JSON')}
          value={resource.properties}
          annotate={marked('resource/properties')}
          className="rounded-none border-0 border-t border-line"
        />
      )}
    </>
  );
}

function JsonOrigin({ origin }: { origin: ArgumentOrigin | null }) {
  return origin === null ? null : <OriginMark origin={origin} />;
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
