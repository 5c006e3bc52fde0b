import type { Call } from './ask';
import type { CompiledPolicies } from './compile';
import type { PolicyDecision } from './decision';

const CAPACITY = 4_096;
const MAX_KEY_CHARS = 1_000;

const bySet = new WeakMap<CompiledPolicies, Map<string, PolicyDecision>>();

/**
 * A decision is a function of the rules and of the facts they read, so the same facts need not be asked again; Cedar takes
 * some 100 us for three questions, looking up takes 2. The oldest decision makes room for a new one. Calls whose rules
 * read tags (arguments, resource properties) or long texts are asked each time.
 */
export function remembered(call: Call, decide: () => PolicyDecision): PolicyDecision {
  const key = keyOf(call);
  if (key === undefined) return decide();
  const decisions = decisionsOf(call.compiled);
  const known = decisions.get(key);
  if (known !== undefined) return known;
  const decision = decide();
  if (decisions.size >= CAPACITY) dropOldest(decisions);
  decisions.set(key, decision);
  return decision;
}

function keyOf({ compiled, context, agentId, resourceId }: Call): string | undefined {
  if (compiled.uses.tags) return undefined;
  const who = compiled.uses.principalOrResource ? [agentId, resourceId] : [];
  const key = JSON.stringify([context, ...who]);
  return key.length > MAX_KEY_CHARS ? undefined : key;
}

function decisionsOf(compiled: CompiledPolicies): Map<string, PolicyDecision> {
  const known = bySet.get(compiled);
  if (known !== undefined) return known;
  const decisions = new Map<string, PolicyDecision>();
  bySet.set(compiled, decisions);
  return decisions;
}

function dropOldest(decisions: Map<string, PolicyDecision>): void {
  const oldest = decisions.keys().next();
  if (oldest.done !== true) decisions.delete(oldest.value);
}
