/** Smaller sets out of a large one: for each call, the rules that can matter for it. */
import type { CompiledPolicies } from '../compile';
import { factsUsed } from '../facts-used';
import { guardOf, type Guard, type GuardedCall, type GuardedFacts, type Holds } from './guards';

/** What Cedar is asked with; as much of a compiled set as asking needs. */
export type Slice = Pick<CompiledPolicies, 'id' | 'texts' | 'uses'>;

/** Cedar holds each slice parsed, so there are not endlessly many of a set; a call beyond them asks the whole set. */
const MAX_SLICES = 128;

interface Slicer {
  readonly rules: readonly Guard[];
  readonly slices: Map<string, Slice | undefined>;
}

const slicers = new WeakMap<CompiledPolicies, Slicer>();

/** The rules of a set that can matter for a question. */
export interface Cut {
  /** Nothing when no rule can. */
  readonly slice: Slice | undefined;
  /**
   * It holds just the rules that can matter, and those among them that read resource properties or arguments surely hold.
   */
  readonly tagsHold: boolean;
}

export type Slicing = (action: 'execute' | 'propose', approved: boolean) => Cut;

const NOT_LOOKED_AT = Symbol('not looked at');

/** The same call is asked about up to three times; what does not depend on the question is looked at once. */
export function slicing(compiled: CompiledPolicies, facts: GuardedFacts): Slicing {
  const { rules, slices } = slicerOf(compiled);
  const rests: (ReturnType<Holds> | typeof NOT_LOOKED_AT)[] = rules.map(() => NOT_LOOKED_AT);
  const restOf = (guard: Guard, index: number, call: GuardedCall) => {
    if (guard.readsApproved) return guard.rest(call);
    const known = rests[index];
    if (known !== NOT_LOOKED_AT) return known;
    return (rests[index] = guard.rest(call));
  };
  return (action, approved) => {
    const call: GuardedCall = { ...facts, action, approved };
    let key = '';
    let tagsHold = true;
    rules.forEach((guard, index) => {
      const asked = guard.asked(call);
      const rest = asked === false ? false : restOf(guard, index, call);
      if (rest === false) return;
      key += `${index} `;
      if (guard.readsTags && !(asked && rest)) tagsHold = false;
    });
    const slice = sliceOf(compiled, key, slices);
    return { slice, tagsHold: tagsHold && slice?.id !== compiled.id };
  };
}

function sliceOf(
  compiled: CompiledPolicies,
  key: string,
  slices: Slicer['slices'],
): Slice | undefined {
  if (slices.has(key)) return slices.get(key);
  if (slices.size >= MAX_SLICES) return compiled;
  const slice = makeSlice(compiled, key);
  slices.set(key, slice);
  return slice;
}

function slicerOf(compiled: CompiledPolicies): Slicer {
  const known = slicers.get(compiled);
  if (known !== undefined) return known;
  const rules = [...compiled.parsed.values()].map(guardOf);
  const slicer = { rules, slices: new Map<string, Slice | undefined>() };
  slicers.set(compiled, slicer);
  return slicer;
}

/** @param key the places of the rules in the set, each followed by a space */
function makeSlice(compiled: CompiledPolicies, key: string): Slice | undefined {
  if (key === '') return undefined;
  const places = new Set(key.trimEnd().split(' ').map(Number));
  if (places.size === compiled.parsed.size) return compiled;
  const kept = [...compiled.parsed].filter((_rule, index) => places.has(index));
  return {
    id: `${compiled.id} ${key}`,
    texts: Object.fromEntries(kept.map(([id]) => [id, compiled.texts[id] ?? ''])),
    uses: factsUsed(kept.map(([, json]) => json)),
  };
}
