/** Smaller sets out of a large one: for each call, the rules that can matter for it. */
import type { CompiledPolicies } from '../compile';
import { factsUsed } from '../facts-used';
import { guardOf, type GuardedCall } from './guards';

/** What Cedar is asked with; as much of a compiled set as asking needs. */
export type Slice = Pick<CompiledPolicies, 'id' | 'texts' | 'uses'>;

/** Cedar holds each slice parsed, so there are not endlessly many of a set; a call beyond them asks the whole set. */
const MAX_SLICES = 128;

interface Slicer {
  readonly rules: readonly {
    readonly id: string;
    readonly mayMatter: (call: GuardedCall) => boolean;
  }[];
  readonly slices: Map<string, Slice | undefined>;
}

const slicers = new WeakMap<CompiledPolicies, Slicer>();

/** The rules of a set that can matter for a call; nothing when none can. */
export function sliceFor(compiled: CompiledPolicies, call: GuardedCall): Slice | undefined {
  const { rules, slices } = slicerOf(compiled);
  let key = '';
  for (const { mayMatter } of rules) key += mayMatter(call) ? '1' : '0';
  if (slices.has(key)) return slices.get(key);
  if (slices.size >= MAX_SLICES) return compiled;
  const slice = makeSlice(compiled, key);
  slices.set(key, slice);
  return slice;
}

function slicerOf(compiled: CompiledPolicies): Slicer {
  const known = slicers.get(compiled);
  if (known !== undefined) return known;
  const rules = [...compiled.parsed].map(([id, json]) => ({ id, mayMatter: guardOf(json) }));
  const slicer = { rules, slices: new Map<string, Slice | undefined>() };
  slicers.set(compiled, slicer);
  return slicer;
}

function makeSlice(compiled: CompiledPolicies, key: string): Slice | undefined {
  if (!key.includes('0')) return compiled;
  if (!key.includes('1')) return undefined;
  const kept = [...compiled.parsed].filter((_rule, index) => key[index] === '1');
  return {
    id: `${compiled.id} ${key}`,
    texts: Object.fromEntries(kept.map(([id]) => [id, compiled.texts[id] ?? ''])),
    uses: factsUsed(kept.map(([, json]) => json)),
  };
}
