import { preparsePolicySet } from './cedar';
import type { Slice } from './slice/slices';

/**
 * Cedar keeps parsed sets by name and never forgets one. Names are therefore reused in turn: a process that previews
 * thousands of drafts stays at this many sets, and a set that lost its name is parsed again when it is next asked.
 */
const CAPACITY = 2_048;

const nameById = new Map<string, string>();
const idByName = new Map<string, string>();
let turn = 0;

/** What Cedar has to hold of a set. */
type Texts = Pick<Slice, 'id' | 'texts'>;

/** The name under which Cedar holds this set, parsed. @throws Error when Cedar refuses a set it validated before */
export function preparedName(set: Texts): string {
  return nameById.get(set.id) ?? prepare(set);
}

function prepare(set: Texts): string {
  const name = `set-${turn}`;
  const answer = preparsePolicySet(name, { staticPolicies: { ...set.texts } });
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message ?? 'set refused');
  const evicted = idByName.get(name);
  if (evicted !== undefined) nameById.delete(evicted);
  idByName.set(name, set.id);
  nameById.set(set.id, name);
  turn = (turn + 1) % CAPACITY;
  return name;
}
