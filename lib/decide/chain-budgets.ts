/** The budgets of those who passed an action on: what is done for an agent counts as if it had done it itself. Pure. */
import type { BaseDecision } from '@/lib/policy/base';
import { stepBudgets, type Activity } from './activity';
import type { ChainLink } from './delegation-chain';

/** An agent that an action came through, after it was counted. */
export interface CountedLink {
  readonly agentId: string;
  readonly activity: Activity;
}

export interface ChainBudgets {
  readonly limits: readonly BaseDecision[];
  /** Links with budgets alone. */
  readonly counted: readonly CountedLink[];
}

/**
 * Counts an action against the budgets of every link, each once, however often the action came through it. One that is used up
 * stops the action, and is no evidence against the agent, which need not know the pacts of others.
 *
 * @param step.now milliseconds since the epoch
 */
export function chainBudgets(
  links: readonly ChainLink[],
  { tool, now }: { readonly tool: string; readonly now: number },
): ChainBudgets {
  const agents = new Map(
    links.flatMap(({ agent }) =>
      agent === undefined || (agent.pact.budgets ?? []).length === 0 ? [] : [[agent.id, agent]],
    ),
  );
  const stepped = [...agents.values()].map(({ id, name, activity, pact }) => ({
    id,
    name,
    activity,
    ...stepBudgets(activity.budgets, { budgets: pact.budgets, tool, now }),
  }));
  return {
    limits: stepped.flatMap(({ id, name, exceeded }) =>
      exceeded.map((reason): BaseDecision => ({
        outcome: 'deny',
        reasons: [
          {
            ...reason,
            code: `delegation.${reason.code}`,
            text: `The agent acts for "${name}", whose budget counts as well. ${reason.text}`,
            source: { type: 'link', id },
          },
        ],
      })),
    ),
    counted: stepped.map(({ id, activity, uses }) => ({
      agentId: id,
      activity: { ...activity, budgets: uses },
    })),
  };
}
