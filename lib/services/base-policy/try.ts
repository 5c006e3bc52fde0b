import { requirePermission } from '@/lib/auth';
import { DomainError, type BasePolicyTry, type BasePolicyTryInput } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { basePolicyOf, readTools, toolFacts } from '@/lib/decide';
import type { BasePolicyInput } from '@/lib/policy/base';
import type { ServiceContext } from '@/lib/services/context';

/** Nobody who exists: a policy that looks at the agent says what it does with somebody it does not know. */
const SAMPLE_AGENT: BasePolicyInput['agent'] = {
  id: '00000000-0000-7000-8000-000000000000',
  name: 'A sample of Belay',
  owner: 'nobody@example.org',
  version: '1',
  tags: [],
};

/**
 * Asks the decision point in force about a made-up call. Decides nothing and leaves no trace but in its figures.
 *
 * @throws DomainError `forbidden`; 422 `no_decision_point` when nobody is asked
 */
export async function tryBasePolicy(
  { actor }: ServiceContext,
  input: BasePolicyTryInput,
): Promise<BasePolicyTry> {
  requirePermission(actor, 'policies.edit');
  const { policy } = await basePolicyOf(sql, actor.workspaceId);
  if (policy === undefined)
    throw new DomainError(
      'unprocessable',
      'no_decision_point',
      'This workspace asks no decision point of its own. An admin names one first.',
    );
  const tools = await readTools(sql, actor.workspaceId);
  const started = performance.now();
  const { outcome, reasons } = await policy.decide({
    agent: SAMPLE_AGENT,
    tool: toolFacts({ tools }, input.tool),
    arguments: input.arguments,
    resource: input.resource,
  });
  return {
    outcome,
    reasons: reasons.map((reason) => ({
      ...reason,
      source: reason.source && { ...reason.source },
    })),
    ms: Math.round(performance.now() - started),
  };
}
