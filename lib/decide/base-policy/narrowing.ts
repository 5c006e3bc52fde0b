/** What an answer of the customer's decision point means for the decision. Pure. */
import { failedBase, type BaseDecision } from '@/lib/policy/base';
import type { BaseAnswer, WorkspaceFacts } from '../facts';

/**
 * | in force now       | answer                  | means                                             |
 * |--------------------|-------------------------|---------------------------------------------------|
 * | nobody is asked    | none                    | nothing: everything within the pact               |
 * | nobody is asked    | of an earlier version   | the answer: it can only narrow                    |
 * | a decision point   | of this version         | the answer                                        |
 * | a decision point   | none, or another version | deny: it changed meanwhile, the agent asks again |
 */
export function baseLimit(
  { kind, version }: WorkspaceFacts['basePolicy'],
  answer: BaseAnswer | undefined,
): BaseDecision | undefined {
  if (kind === 'none' || answer?.version === version) return answer;
  return failedBase('stale');
}
