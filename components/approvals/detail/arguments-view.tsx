'use client';

import { useMemo, useState } from 'react';
import { cx } from '@/components/ui/class-names';
import { CodeView } from '@/components/ui/code-view';
import { countText } from '@/components/ui/number-text';
import { Segmented } from '@/components/ui/segmented';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { type ArgumentOrigin, type ArgumentRow, groupRows, rowsOf } from '../argument-rows';
import { FoldButton, FoldedText } from './folded-text';
import { OriginMark, OriginSource } from './origin-mark';
import { Section } from './section';

/** A list unfolds by this many values at a time. */
const UNFOLD_STEP = 500;

/** The exact arguments, by field with their origin, or as one JSON text. */
export function ArgumentsView({ approval }: { approval: ApprovalDetail }) {
  const [form, setForm] = useState<'fields' | 'json'>('fields');
  const rows = useMemo(() => rowsOf(approval), [approval]);
  return (
    <Section
      title="What would be executed"
      aside={
        <>
          <span>{countText(rows.length, 'value')}</span>
          <Segmented
            label="How the arguments are shown"
            size="sm"
            value={form}
            onChange={setForm}
            options={[
              { value: 'fields', label: 'Fields' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        </>
      }
    >
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <Call approval={approval} />
        {form === 'json' ? (
          <AsJson approval={approval} rows={rows} />
        ) : (
          <Rows rows={rows} sources={approval.sources} />
        )}
        <DigestLine digest={approval.digest} />
      </div>
    </Section>
  );
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
        label="Arguments as JSON"
        value={action.properties.arguments}
        annotate={marked('')}
        className="rounded-none border-0"
      />
      {resource.properties === undefined ? null : (
        <CodeView
          label="Properties of the resource as JSON"
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
  const origin = approval.provenance.find(({ path }) => path === 'resource/id') ?? null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 border-b border-line bg-sunken px-3 py-2">
      <UntrustedText text={approval.action.name} mono className="font-semibold" />
      <span className="text-xs text-ink-2">on</span>
      <UntrustedText text={approval.resource.type} mono className="text-ink-2" />
      <UntrustedText text={approval.resource.id} mono />
      <OriginMark origin={origin} />
    </div>
  );
}

type Sources = ApprovalDetail['sources'];

function Rows({ rows, sources }: { rows: readonly ArgumentRow[]; sources: Sources }) {
  const groups = useMemo(() => groupRows(rows), [rows]);
  if (rows.length === 0) {
    return <p className="px-3 py-2 text-dense text-ink-2">This call has no arguments.</p>;
  }
  return (
    <div>
      {groups.map((group) =>
        group.kind === 'rows' ? (
          group.rows.map((row) => <ArgumentLine key={row.path} row={row} sources={sources} />)
        ) : (
          <FoldedRows key={group.id} rows={group.rows} sources={sources} />
        ),
      )}
    </div>
  );
}

function FoldedRows({ rows, sources }: { rows: readonly ArgumentRow[]; sources: Sources }) {
  const [shown, setShown] = useState(0);
  const left = rows.length - shown;
  return (
    <>
      {rows.slice(0, shown).map((row) => (
        <ArgumentLine key={row.path} row={row} sources={sources} />
      ))}
      {left > 0 ? (
        <div className="border-b border-line px-3">
          <FoldButton
            label={
              left > UNFOLD_STEP
                ? `${countText(left, 'more value')} folded: show the next ${UNFOLD_STEP}`
                : `Show ${countText(left, 'more value')}`
            }
            onClick={() => setShown(Math.min(rows.length, shown + UNFOLD_STEP))}
          />
        </div>
      ) : null}
    </>
  );
}

function ArgumentLine({ row, sources }: { row: ArgumentRow; sources: Sources }) {
  const alarming = row.origin?.origin === 'third_party';
  return (
    <div
      className={cx(
        'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b border-line px-3 py-1.5 [content-visibility:auto] [contain-intrinsic-size:auto_33px]',
        'lg:grid-cols-[minmax(96px,28%)_minmax(0,1fr)_auto]',
        alarming && 'shadow-[inset_3px_0_0_var(--sev-2)]',
      )}
    >
      <div className="min-w-0 leading-5 text-ink-2">
        <UntrustedText text={row.label} mono />
      </div>
      <div className="min-w-0 font-mono text-[12.5px] leading-5 max-lg:order-3 max-lg:col-span-2">
        {row.value.kind === 'literal' ? (
          <UntrustedText text={row.value.text} mono />
        ) : row.value.text === '' ? (
          <span className="text-ink-3">empty text</span>
        ) : (
          <FoldedText
            text={needsQuotes(row.value.text) ? JSON.stringify(row.value.text) : row.value.text}
            mono
          />
        )}
      </div>
      <div className="flex flex-col items-end pt-0.5 max-lg:order-2">
        <OriginMark origin={row.origin} />
        <OriginSource origin={row.origin} sources={sources} />
      </div>
    </div>
  );
}

/** Text that would read as a number, true, false or null stands in quotes. */
function needsQuotes(text: string): boolean {
  return /^\s*(-?\d[\d.eE+-]*|true|false|null)\s*$/.test(text);
}

function DigestLine({ digest }: { digest: string }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 bg-sunken px-3 py-1.5 text-xs text-ink-2">
      <span data-hint="SHA-256 over tool, arguments, resource, agent, session and policy version. An approval covers exactly these bytes.">
        Digest
      </span>
      <code className="text-[11.5px] wrap-anywhere select-all">{digest}</code>
    </p>
  );
}
