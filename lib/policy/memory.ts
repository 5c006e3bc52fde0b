import type { Answer, Put } from './ask';
import type { CompiledPolicies } from './compile';
import { readsTags } from './facts-used';

const CAPACITY = 4_096;
const MAX_KEY_CHARS = 1_000;

const bySet = new WeakMap<CompiledPolicies, Map<string, Answer>>();

/**
 * An answer is a function of the rules and of the facts they read, so the same facts need not be asked again: Cedar takes
 * some 50 us for a question, looking up takes 2. The oldest answer makes room for a new one. Rules that read tags (arguments,
 * resource properties) have to hold surely, so that the values of the tags cannot change the answer; otherwise, and with long
 * texts, the question is asked each time.
 */
export function remembered(set: CompiledPolicies, put: Put, ask: () => Answer): Answer {
  const key = keyOf(put);
  if (key === undefined) return ask();
  const answers = answersOf(set);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  if (answers.size >= CAPACITY) dropOldest(answers);
  answers.set(key, answer);
  return answer;
}

function keyOf({ call, slice, action, context, tagsHold }: Put): string | undefined {
  if (readsTags(slice.uses) && !(tagsHold && call.tags(slice.uses).hidden === undefined))
    return undefined;
  const who = slice.uses.principalOrResource ? [call.agentId, call.resourceId] : [];
  const facts = JSON.stringify([context, ...who]);
  return facts.length > MAX_KEY_CHARS ? undefined : `${slice.id} ${action} ${facts}`;
}

function answersOf(set: CompiledPolicies): Map<string, Answer> {
  const known = bySet.get(set);
  if (known !== undefined) return known;
  const answers = new Map<string, Answer>();
  bySet.set(set, answers);
  return answers;
}

function dropOldest(answers: Map<string, Answer>): void {
  const oldest = answers.keys().next();
  if (oldest.done !== true) answers.delete(oldest.value);
}
