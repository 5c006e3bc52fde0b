/** For how long the answer to a read may stand for the next one like it. */
import type { Verdict } from './decide-action';
import { isQuiet } from './evidence-of-action';
import type { AgentFacts, Proposal, ToolFacts } from './facts';
import { dataClassOf } from './policy-input';
import { matters } from './origins';

/** Longer than a burst of reads, shorter than anybody waits for a rule to hold. */
const CACHEABLE_SECONDS = 10;
/** From here on an agent acts alone. */
const LEAST_RUNG = 4;

/**
 * Seconds for which the same read of the same agent needs no new answer, where nothing is announced meanwhile; undefined for all
 * that has an effect, reads what is sensitive, was allowed for less than the highest trust, gave evidence of anything unusual, or
 * is limited in number. Pure.
 */
export function cacheableSeconds(
  agent: AgentFacts,
  tool: ToolFacts,
  proposal: Proposal,
  { outcome, rung, evidence, granting }: Verdict,
): number | undefined {
  const plain =
    outcome === 'allow' && rung >= LEAST_RUNG && isQuiet(evidence) && granting.used === undefined;
  const harmless = tool.known && !matters(tool, dataClassOf(tool, proposal.resource));
  const unlimited = (agent.pact.budgets ?? []).length === 0 && agent.restrictions.length === 0;
  // Somebody else's decision point is asked every time, and a chain of delegation may end at any time.
  const alone = proposal.base === undefined && (proposal.delegationDepth ?? 0) === 0;
  return plain && harmless && unlimited && alone ? CACHEABLE_SECONDS : undefined;
}
