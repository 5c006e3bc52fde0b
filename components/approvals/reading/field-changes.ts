import type { ArgumentRow } from '../argument-rows';
import { type Reading, rowsIn } from './kinds';

/** One field of a record: what the agent says it is, and what it would become. Null where nothing was sent. */
export interface FieldChange {
  readonly field: string;
  readonly before: ArgumentRow | null;
  readonly after: ArgumentRow | null;
}

/** How a change of one field is written: `{"city": {"from": "Oslo", "to": "Bergen"}}`. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['from', 'to'],
  ['old', 'new'],
  ['before', 'after'],
];

/** Every row of a record's slots but its id, as the change of one field each. */
export function fieldChanges(reading: Reading): FieldChange[] {
  const before = rowsIn(reading, 'before');
  const after = rowsIn(reading, 'after');
  const changes = rowsIn(reading, 'changes');
  return [...sideBySide(before, after), ...pairsIn(changes)];
}

function sideBySide(before: readonly ArgumentRow[], after: readonly ArgumentRow[]): FieldChange[] {
  const byField = new Map<string, FieldChange>();
  for (const row of before)
    byField.set(below(row.path, 1), { field: fieldName(row.path, 1), before: row, after: null });
  for (const row of after) {
    const key = below(row.path, 1);
    const known = byField.get(key)?.before ?? null;
    byField.set(key, { field: fieldName(row.path, 1), before: known, after: row });
  }
  return [...byField.values()];
}

function pairsIn(changes: readonly ArgumentRow[]): FieldChange[] {
  const paths = new Map(changes.map((row) => [row.path, row]));
  const paired = new Set<ArgumentRow>();
  const found: FieldChange[] = [];
  for (const row of changes) {
    if (paired.has(row)) continue;
    const other = partnerOf(row, paths);
    if (other === null) {
      found.push({ field: fieldName(row.path, 1), before: null, after: row });
      continue;
    }
    paired.add(other.row);
    const [before, after] = other.isAfter ? [row, other.row] : [other.row, row];
    found.push({ field: fieldName(parentOf(row.path), 1), before, after });
  }
  return found;
}

/** The other side of a pair, and whether that is the side after. */
function partnerOf(row: ArgumentRow, paths: ReadonlyMap<string, ArgumentRow>) {
  const name = row.path.slice(row.path.lastIndexOf('/') + 1);
  const pair = PAIRS.find((names) => names.includes(name));
  if (pair === undefined || row.path.split('/').length < 4) return null;
  const isAfter = pair[0] === name;
  const partner = paths.get(`${parentOf(row.path)}/${isAfter ? pair[1] : pair[0]}`);
  return partner === undefined ? null : { row: partner, isAfter };
}

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

/** A JSON Pointer without its first segments. */
const below = (path: string, segments: number) =>
  path
    .split('/')
    .slice(segments + 1)
    .join('/');

function fieldName(path: string, segments: number): string {
  return below(path, segments).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
