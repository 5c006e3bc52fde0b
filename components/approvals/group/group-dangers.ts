import type { Approval, ApprovalDetail } from '@/lib/contracts';
import { rowsOf, type ArgumentRow } from '../argument-rows';
import { dangersOf } from '../reading/dangers';
import { DIFF } from '../reading/draw-diff';
import { HTTP } from '../reading/draw-http';
import { RECORD } from '../reading/draw-record';
import { SQL } from '../reading/draw-sql';
import type { KindCode } from '../reading/kind-code';
import { PLAIN_KINDS, type LATE_KINDS } from '../reading/kind-codes';
import { readingOf, type Reading } from '../reading/kinds';

/** What must not be overlooked in a call, as sentences, by the place of its value as `valuesOfCall` names it. */
export type Dangers = ReadonlyMap<string, readonly string[]>;

/** The sheet comes late itself, so it brings the kinds with it: no line is read without its marks. */
const KINDS: Readonly<Partial<Record<Reading['kind'], KindCode>>> = {
  ...PLAIN_KINDS,
  ...({ sql: SQL, http: HTTP, diff: DIFF, record: RECORD } satisfies Record<
    keyof typeof LATE_KINDS,
    KindCode
  >),
};

/**
 * The same marks a single call has. Where values come from does not matter here: a call with values from outside is never among
 * those that are read together.
 */
export function dangersByPlace(approval: Approval, tool: ApprovalDetail['tool']): Dangers {
  const { action, resource } = approval;
  const rows = rowsOf({ action, resource, provenance: [] });
  const found = new Map<string, string[]>();
  const reading = readingOf(tool, rows);
  const read = reading === null ? null : { of: reading, check: KINDS[reading.kind]?.check };
  for (const { row, why } of dangersOf(rows, read)) {
    const place = placeOf(row);
    found.set(place, [...(found.get(place) ?? []), why]);
  }
  return found;
}

const placeOf = ({ path }: ArgumentRow): string =>
  path.startsWith('resource/') ? `/${path}` : `/arguments${path}`;
