import type { ApprovalDetail } from '@/lib/contracts';
import type { ArgumentRow } from '../argument-rows';
import { KINDS, type ReadingKind, type SlotRule, type Takes, type Way } from './kind-rules';

export interface FilledSlot {
  readonly slot: string;
  readonly label: string;
  /** Never empty. */
  readonly rows: readonly ArgumentRow[];
}

/** A call as a person would read it. Every row of the call stands in exactly one slot or in the rest. */
export interface Reading {
  readonly kind: ReadingKind;
  readonly slots: readonly FilledSlot[];
  /** What has no place in a reading of this kind, in the order it was sent. */
  readonly rest: readonly ArgumentRow[];
}

export type ReadingTool = Pick<ApprovalDetail['tool'], 'name' | 'sideEffect'>;

/**
 * How to show a call: found from the tool's name, what the catalogue says of the tool, and the names and shape of the
 * arguments. What the agent says about its call never counts. Null when no kind fits: then the fields are shown as they are.
 *
 * @example readingOf({ name: 'mail.send', sideEffect: 'write' }, rowsOf(approval))?.kind // 'email'
 */
export function readingOf(tool: ReadingTool, rows: readonly ArgumentRow[]): Reading | null {
  const words = wordsOf(tool.name);
  for (const rule of KINDS) {
    if (rule.writes && tool.sideEffect !== 'write') continue;
    const slots = fill(rule.slots, rows);
    if (!rule.ways.some((way) => holds(way, slots, words))) continue;
    const placed = new Set(slots.flatMap((slot) => slot.rows));
    return { kind: rule.kind, slots, rest: rows.filter((row) => !placed.has(row)) };
  }
  return null;
}

/** The rows of a slot; none when it is not filled. */
export function rowsIn(reading: Reading, slot: string): readonly ArgumentRow[] {
  return reading.slots.find((filled) => filled.slot === slot)?.rows ?? [];
}

function holds(way: Way, slots: readonly FilledSlot[], words: readonly string[]): boolean {
  const { needs, tool, text } = way;
  if (!needs.every((name) => slots.some(({ slot }) => slot === name))) return false;
  if (tool !== undefined && !words.some((word) => tool.test(word))) return false;
  const first = slots.find(({ slot }) => slot === needs[0])?.rows[0]?.value.text ?? '';
  return text === undefined || text.test(first);
}

function fill(rules: readonly SlotRule[], rows: readonly ArgumentRow[]): FilledSlot[] {
  const taken = new Set<ArgumentRow>();
  return rules.flatMap(({ slot, label, keys, takes = 'values' }) => {
    const named = rows.filter((row) => !taken.has(row) && keys.test(keyOf(row)));
    const own = TAKEN[takes](named);
    for (const row of own) taken.add(row);
    return own.length === 0 ? [] : [{ slot, label, rows: own }];
  });
}

/** Which of the rows with a fitting name a slot takes; the others stay in the rest. */
const TAKEN: Readonly<Record<Takes, (named: readonly ArgumentRow[]) => readonly ArgumentRow[]>> = {
  values: (named) => named,
  'one text': (named) =>
    named.filter((row) => depthOf(row) === 1 && row.value.kind === 'string').slice(0, 1),
  object: (named) => {
    const inside = named.filter((row) => depthOf(row) > 1);
    const top = inside[0]?.path.split('/')[1];
    return inside.filter((row) => row.path.split('/')[1] === top);
  },
};

/** The argument a row belongs to, in snake case; nothing for what the agent says of the resource. */
function keyOf({ path }: ArgumentRow): string {
  if (!path.startsWith('/')) return '';
  const key = (path.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  return snakeCase(key);
}

const depthOf = ({ path }: ArgumentRow): number => path.split('/').length - 1;

function wordsOf(toolName: string): string[] {
  return snakeCase(toolName)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
