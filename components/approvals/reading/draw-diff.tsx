import type { ReactNode } from 'react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { rich, t } from '@/lib/client/language';
import { type ArgumentRow, anchorOf } from '../argument-rows';
import { ArgumentLine, type Sources } from '../detail/argument-line';
import { OriginMark } from '../detail/origin-mark';
import { DiffLines } from './diff-lines';
import type { KindCode, ReadingViewProps } from './kind-code';
import { rowsIn } from './kinds';
import { lineChanges, patchLines } from './line-changes';
import { Slot } from './slot';

export const DIFF: KindCode = { slots: ['path', 'patch', 'before', 'after'], draw: Change };

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
