import type { Approval, ApprovalDetail } from '@/lib/contracts';
import { rowsOf, type ArgumentRow } from '../argument-rows';
import { dangersOf } from '../reading/dangers';
import { readingOf } from '../reading/kinds';

/** What must not be overlooked in a call, as sentences, by the place of its value as `valuesOfCall` names it. */
export type Dangers = ReadonlyMap<string, readonly string[]>;

/**
 * The same marks a single call has. Where values come from does not matter here: a call with values from outside is never among
 * those that are read together.
 */
export function dangersByPlace(approval: Approval, tool: ApprovalDetail['tool']): Dangers {
  const { action, resource } = approval;
  const rows = rowsOf({ action, resource, provenance: [] });
  const found = new Map<string, string[]>();
  for (const { row, why } of dangersOf(rows, readingOf(tool, rows))) {
    const place = placeOf(row);
    found.set(place, [...(found.get(place) ?? []), why]);
  }
  return found;
}

const placeOf = ({ path }: ArgumentRow): string =>
  path.startsWith('resource/') ? `/${path}` : `/arguments${path}`;
