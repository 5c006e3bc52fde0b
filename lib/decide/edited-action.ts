/** An action whose arguments a reviewer changed, judged again before the approval counts. */
import { DomainError, notFound } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import { lockAgents, readSessions, sessionKey } from './agent-facts';
import { decideAction, type Verdict } from './decide-action';
import { agentsOf, linksOf } from './delegation-chain';
import type { AgentFacts, Proposal } from './facts';
import { lockWorkspaceFacts, toolFacts } from './workspace-facts';

/** What the permit of an edited action is bound to. */
export interface EditedAction {
  readonly digest: string;
  readonly policyVersion: number;
  /** A manager's pin on the agent's rung, in force now. */
  readonly pinnedRung: number | null;
}

/**
 * Judges an edited action by what holds now, with the function that judges what agents ask (`decideAction`), in the transaction of
 * the verdict. Nothing it finds becomes evidence: the agent did not ask for this. Budgets and a throttle have counted the action
 * already, when it was asked for, and an edit is no second one.
 *
 * The caller has locked the approval and asked whether the agent still stands where it asked from (`requireApprovable` in
 * `standing.ts`); this locks the agent's trust.
 *
 * @param proposal the edited action
 * @param now milliseconds since the epoch
 * @throws DomainError `not_found`; 422 `edit_not_allowed` when the edited action would be denied or merely suggested
 */
export async function judgeEditedAction(
  sql: Sql,
  workspaceId: string,
  { proposal, now }: { proposal: Proposal; now: number },
): Promise<EditedAction> {
  const { agentId, sessionId } = proposal;
  const workspace = await lockWorkspaceFacts(sql, workspaceId);
  const agents = await lockAgents(sql, workspaceId, agentsOf(proposal), now);
  const agent = agents.get(agentId);
  if (agent === undefined) throw notFound('agent');
  const session =
    sessionId === undefined
      ? undefined
      : (await readSessions(sql, workspaceId, [{ agentId, id: sessionId }])).get(
          sessionKey({ agentId, id: sessionId }),
        );
  const verdict = decideAction(
    {
      workspace,
      agent: counted(agent),
      tool: toolFacts(workspace, proposal.tool),
      session,
      chain: linksOf(agents, proposal),
      newId: () => newId(now),
      now,
    },
    proposal,
  );
  requireApprovable(verdict);
  return {
    digest: verdict.digest,
    policyVersion: workspace.policy.version,
    pinnedRung: agent.pinnedRung,
  };
}

/** The agent without what counts calls, limits and grants: the call was counted when it was asked for. */
const counted = (agent: AgentFacts): AgentFacts => ({
  ...agent,
  pact: { ...agent.pact, budgets: [] },
  grants: [],
  restrictions: agent.restrictions.filter(({ kind }) => kind !== 'throttle'),
});

function requireApprovable({ outcome, reasons }: Verdict): void {
  if (outcome === 'allow' || outcome === 'require_approval') return;
  const [first] = reasons;
  throw new DomainError(
    'unprocessable',
    'edit_not_allowed',
    `With these values the action would ${outcome === 'deny' ? 'be denied' : 'only be a suggestion'}, so a person cannot approve it. ${first?.text ?? ''}`.trim(),
    {
      facts: { outcome, reason: first?.code ?? null },
      errors: reasons.map(({ code, text }) => ({ path: code, message: text })),
    },
  );
}
