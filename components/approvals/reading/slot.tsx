import { ArgumentLines } from '../detail/argument-line';
import type { ReadingViewProps } from './kind-code';

/** The plain lines of one slot, for drawings that do not draw all of theirs. */
export function Slot({ reading, sources, marked, slot }: ReadingViewProps & { slot: string }) {
  const filled = reading.slots.find((one) => one.slot === slot);
  return filled === undefined ? null : (
    <ArgumentLines rows={filled.rows} sources={sources} marked={marked} name={filled.label} />
  );
}
