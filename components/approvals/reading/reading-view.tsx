'use client';

import type { ReactNode } from 'react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { rich, t } from '@/lib/client/language';
import { type ArgumentRow, anchorOf } from '../argument-rows';
import { ArgumentLine, ArgumentLines, RowValue, type Sources } from '../detail/argument-line';
import { OriginMark } from '../detail/origin-mark';
import { DiffLines } from './diff-lines';
import { FieldTable } from './field-table';
import { type Reading, rowsIn } from './kinds';
import { type ReadingKind } from './kind-rules';
import { lineChanges, patchLines } from './line-changes';
import { SqlText } from './sql-text';
import { UrlText } from './url-text';

export interface ReadingViewProps {
  reading: Reading;
  sources: Sources;
  /** Values that are never folded away. */
  marked: ReadonlySet<ArgumentRow>;
}

/** A drawing of some slots, and which they are; the others follow as plain lines. */
interface Drawing {
  readonly slots: readonly string[];
  readonly draw: (props: ReadingViewProps) => ReactNode;
}

const DRAWINGS: Readonly<Record<ReadingKind, Drawing>> = {
  email: { slots: [], draw: () => null },
  transfer: { slots: ['amount', 'currency'], draw: Money },
  sql: { slots: ['statement'], draw: Statement },
  http: { slots: ['method', 'url'], draw: Request },
  diff: { slots: ['path', 'patch', 'before', 'after'], draw: Change },
  record: { slots: ['record', 'before', 'after', 'changes'], draw: Fields },
};

/** A call as a person would read it, with everything that has no place in such a reading listed under it. */
export function ReadingView(props: ReadingViewProps) {
  const { reading, sources, marked } = props;
  const { slots, draw: Draw } = DRAWINGS[reading.kind];
  return (
    <>
      <Draw {...props} />
      {reading.slots
        .filter(({ slot }) => !slots.includes(slot))
        .map(({ slot, label, rows }) => (
          <ArgumentLines key={slot} rows={rows} sources={sources} marked={marked} name={label} />
        ))}
      <Rest {...props} />
    </>
  );
}

/** What the reading has no place for: sent and approved with the rest. */
function Rest({ reading: { rest }, sources, marked }: ReadingViewProps) {
  if (rest.length === 0)
    return (
      <p className="border-b border-line px-3 py-1.5 text-xs text-ink-2">
        {t('Nothing else is sent.')}
      </p>
    );
  return (
    <>
      <p className="border-b border-line bg-sunken px-3 py-1 text-xs font-semibold">
        {t('Also sent')}
      </p>
      <ArgumentLines rows={rest} sources={sources} marked={marked} />
    </>
  );
}

/** The plain lines of one slot, for drawings that do not draw all of theirs. */
function Slot({ reading, sources, marked, slot }: ReadingViewProps & { slot: string }) {
  const filled = reading.slots.find((one) => one.slot === slot);
  return filled === undefined ? null : (
    <ArgumentLines rows={filled.rows} sources={sources} marked={marked} name={filled.label} />
  );
}

function Money(props: ReadingViewProps) {
  const [amount, ...more] = rowsIn(props.reading, 'amount');
  const [currency, ...others] = rowsIn(props.reading, 'currency');
  if (amount === undefined || more.length + others.length > 0)
    return (
      <>
        <Slot {...props} slot="amount" />
        <Slot {...props} slot="currency" />
      </>
    );
  return (
    <ArgumentLine row={amount} sources={props.sources} name={t('Amount')}>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <UntrustedText text={amount.value.text} mono className="text-lg! font-semibold" />
        {currency === undefined ? (
          <span className="font-sans text-dense text-ink-2">{t('no currency is sent')}</span>
        ) : (
          <span id={anchorOf(currency)} className="flex flex-wrap items-baseline gap-x-2">
            <UntrustedText text={currency.value.text} mono className="text-lg! font-semibold" />
            <UntrustedText text={currency.label} mono className="text-ink-2" />
            <OriginMark origin={currency.origin} />
          </span>
        )}
      </span>
    </ArgumentLine>
  );
}

function Statement({ reading, sources }: ReadingViewProps) {
  return rowsIn(reading, 'statement').map((row) => (
    <ArgumentLine key={row.path} row={row} sources={sources} name={t('Statement')}>
      <SqlText sql={row.value.text} />
    </ArgumentLine>
  ));
}

function Request(props: ReadingViewProps) {
  return (
    <>
      <Slot {...props} slot="method" />
      {rowsIn(props.reading, 'method').length === 0 ? (
        <p className="border-b border-line px-3 py-1.5 text-xs text-ink-2">
          {t('No method is sent: the tool chooses it.')}
        </p>
      ) : null}
      {rowsIn(props.reading, 'url').map((row) => (
        <ArgumentLine key={row.path} row={row} sources={props.sources} name={t('Address')}>
          <UrlText url={row.value.text} />
        </ArgumentLine>
      ))}
    </>
  );
}

function Change(props: ReadingViewProps) {
  const { reading, sources } = props;
  const [patch] = rowsIn(reading, 'patch');
  const [before] = rowsIn(reading, 'before');
  const [after] = rowsIn(reading, 'after');
  const both = before !== undefined && after !== undefined;
  return (
    <>
      <Slot {...props} slot="path" />
      {patch === undefined ? null : (
        <ArgumentLine row={patch} sources={sources} name={t('Patch')}>
          <DiffLines lines={patchLines(patch.value.text)} signed />
        </ArgumentLine>
      )}
      {both ? (
        <BothSides before={before} after={after} sources={sources}>
          <DiffLines lines={lineChanges(before.value.text, after.value.text)} />
        </BothSides>
      ) : (
        <>
          <Slot {...props} slot="before" />
          <Slot {...props} slot="after" />
        </>
      )}
    </>
  );
}

/** Both sides as one text; the side before is what the agent says the file holds. */
function BothSides({
  before,
  after,
  sources,
  children,
}: {
  before: ArgumentRow;
  after: ArgumentRow;
  sources: Sources;
  children: ReactNode;
}) {
  return (
    <ArgumentLine row={after} sources={sources} name={t('Change')}>
      <p
        id={anchorOf(before)}
        className="mb-1 flex flex-wrap items-baseline gap-x-2 font-sans text-xs text-ink-2"
      >
        {rich('from {name}', { name: <UntrustedText text={before.label} mono /> })}
        <OriginMark origin={before.origin} />
        <span>{t('(what the agent says is there now)')}</span>
      </p>
      {children}
    </ArgumentLine>
  );
}

function Fields(props: ReadingViewProps) {
  return (
    <>
      <Slot {...props} slot="record" />
      <FieldTable
        reading={props.reading}
        marked={props.marked}
        value={(row) => <RowValue row={row} />}
      />
    </>
  );
}
