'use client';

import { t } from '@/lib/client/language';
import { ArgumentLines } from '../detail/argument-line';
import type { KindCode, ReadingViewProps } from './kind-code';

/** A call as a person would read it, with everything that has no place in such a reading listed under it. */
export function ReadingView({ code, ...props }: ReadingViewProps & { code: KindCode }) {
  const { reading, sources, marked } = props;
  const { slots, draw: Draw } = code;
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
        {t('Also sent, and approved with the rest')}
      </p>
      <ArgumentLines rows={rest} sources={sources} marked={marked} />
    </>
  );
}
