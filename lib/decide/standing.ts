/** Whether what an action was decided on still holds: asked before a person approves it, and again when its permit is redeemed. */
import { DomainError, notFound } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { assess, defaultTrustConfig } from '@/lib/trust';
import { lockAgents, peekAtAgents } from './agent-facts';
import type { Reason } from '@/lib/policy';
import { changedTool } from './changed-tool';
import { agentsOf, chainStop, linksOf, type ChainLink } from './delegation-chain';
import type { AgentFacts, WorkspaceFacts } from './facts';
import { switchOn, switchReason } from './kill-switches';
import { dataClassOf } from './policy-input';
import { restrictedBy } from './restrictions';
import { statusStop } from './status-stop';
import { requireApprover } from './still-approved';
import { lockWorkspaceFacts, peekAtWorkspaceFacts, toolFacts } from './workspace-facts';

/** How the workspace and the agent stand now. */
interface Standing {
  readonly workspace: WorkspaceFacts;
  readonly agent: AgentFacts;
  /** Those who passed the action on. */
  readonly chain: readonly ChainLink[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** An action, and what it was decided under. */
interface DecidedUnder {
  readonly tool: string;
  readonly resource: unknown;
  /** The rung that was applied. */
  readonly rung: number;
  /** Null for one that is judged again by the policy in force. */
  readonly policyVersion: number | null;
  /** What each agent behind it had signed in with: a link that lost it since ends what it began. */
  readonly signedInWith?: Readonly<Record<string, string>> | undefined;
}

/** @throws DomainError 409 `stopped`; 422 `policy_changed`, `trust_fell` */
export function requireStanding(standing: Standing, decided: DecidedUnder): void {
  requireNotStopped(standing, decided);
  requireStillTrusted(standing, decided);
  for (const { agent } of standing.chain)
    if (agent !== undefined) requireStillTrusted({ ...standing, agent }, decided);
}

const LOCKED = { workspace: lockWorkspaceFacts, agents: lockAgents };

/**
 * An approval whose permit nobody could redeem would be a promise that Belay breaks, and evidence of something that never ran.
 * The caller has locked the approval and its decision; inside a transaction this locks the agent's trust.
 *
 * @param action.approvedBy those who approved before, as in `ApprovedAction`; null for nobody
 * @param now milliseconds since the epoch
 * @throws DomainError `not_found`; 409 `stopped`; 422 `policy_changed`, `trust_fell`, `approver_lost_role`
 */
export async function requireApprovable(
  sql: Sql,
  workspaceId: string,
  action: DecidedUnder & {
    readonly agentId: string;
    readonly chain?: readonly string[] | undefined;
    readonly approvedBy: string | null;
  },
  now: number,
  read: typeof LOCKED = LOCKED,
): Promise<void> {
  const workspace = await read.workspace(sql, workspaceId);
  const agents = await read.agents(sql, workspaceId, agentsOf(action), now);
  const agent = agents.get(action.agentId);
  if (agent === undefined) throw notFound('agent');
  requireStanding({ workspace, agent, chain: linksOf(agents, action), now }, action);
  await requireApprover(sql, workspaceId, action.approvedBy, now);
}

/** The same for whoever only asks: it waits for no decision and no change, and keeps none waiting. */
export const peekApprovable: typeof requireApprovable = (sql, workspaceId, action, now) =>
  requireApprovable(sql, workspaceId, action, now, {
    workspace: peekAtWorkspaceFacts,
    agents: peekAtAgents,
  });

/** What stops an action before it is decided stops it here too; a throttle has counted it already. */
function requireNotStopped(standing: Standing, decided: DecidedUnder): void {
  const found = stopOf(standing, decided);
  if (found !== undefined) {
    const { text, remedy, source } = found;
    if (source?.type === 'switch') throw stopped(text, { switch: source.id ?? '' });
    throw stopped(found.code.startsWith('restriction.') ? `${text} ${remedy ?? ''}`.trim() : text);
  }
  const { workspace, chain, now } = standing;
  const links = chain.map(({ id, agent }) => ({ id, agent: agent && unthrottled(agent) }));
  const tool = toolFacts(workspace, decided.tool);
  const began = { credentials: decided.signedInWith };
  const byLink = chainStop(links, { workspace, tool, now }, began);
  if (byLink !== undefined) throw stopped(`${byLink.text} ${byLink.remedy ?? ''}`.trim());
}

/** What stops an action of this kind now, whoever allowed it; undefined when nothing does. */
function stopOf(
  { workspace, agent, now }: Pick<Standing, 'workspace' | 'agent' | 'now'>,
  { tool: name, resource }: Pick<DecidedUnder, 'tool' | 'resource'>,
): Reason | undefined {
  const tool = toolFacts(workspace, name);
  const byStatus = statusStop(agent.status, tool, dataClassOf(tool, resource));
  if (byStatus !== undefined) return byStatus;
  const stop = switchOn(workspace, agent, tool);
  if (stop !== undefined) return switchReason(stop);
  return changedTool(tool) ?? restrictedBy(unthrottled(agent), tool, now);
}

/**
 * Which of the calls that run or wait are stopped by now: for whoever carries them out and would end them. Waits for no decision
 * and no change.
 *
 * @param now milliseconds since the epoch
 * @returns the reason by the id of a call; a call that may go on is absent
 */
export async function stoppedCalls(
  sql: Sql,
  workspaceId: string,
  calls: readonly { readonly id: string; readonly agent: string; readonly tool: string }[],
  now: number,
): Promise<Map<string, Reason>> {
  const ids = [...new Set(calls.map(({ agent }) => agent))].toSorted();
  const workspace = await peekAtWorkspaceFacts(sql, workspaceId);
  const agents = await peekAtAgents(sql, workspaceId, ids, now);
  return new Map(
    calls.flatMap(({ id, agent: agentId, tool }) => {
      const agent = agents.get(agentId);
      if (agent === undefined) return [[id, NO_SUCH_AGENT] as const];
      const found = stopOf({ workspace, agent, now }, { tool, resource: undefined });
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}

const NO_SUCH_AGENT: Reason = {
  code: 'agent.unknown',
  text: 'There is no such agent in this workspace.',
};

const unthrottled = (agent: AgentFacts): AgentFacts => ({
  ...agent,
  restrictions: agent.restrictions.filter(({ kind }) => kind !== 'throttle'),
});

const stopped = (text: string, facts?: Readonly<Record<string, string>>) =>
  new DomainError('conflict', 'stopped', text, facts === undefined ? {} : { facts });

function requireStillTrusted(
  { workspace, agent, now }: Standing,
  decided: Pick<DecidedUnder, 'rung' | 'policyVersion'>,
): void {
  if (decided.policyVersion !== null && decided.policyVersion !== workspace.policy.version) {
    throw new DomainError(
      'unprocessable',
      'policy_changed',
      'The policy changed since this action was decided. Ask for a new decision.',
    );
  }
  const { rung } = assess(agent.state, [], {
    config: defaultTrustConfig,
    ladder: workspace.ladder.body,
    now,
    openIncident: agent.openIncident,
  });
  requireRung(decided.rung, agent.pinnedRung ?? rung, 'now');
}

/**
 * A permit is for the rung that was applied: it could not be redeemed from a lower one, so none is issued there either.
 *
 * @param asked the rung that was applied when the action was decided
 * @param standing where the agent stands
 * @param when since when, as part of the sentence
 * @throws DomainError 422 `trust_fell`
 */
export function requireRung(
  asked: number,
  standing: number,
  when: 'now' | 'with this verdict',
): void {
  if (standing >= asked) return;
  throw new DomainError(
    'unprocessable',
    'trust_fell',
    `The agent stood on rung ${asked} when this was decided and ${when} stands on ${standing}.`,
  );
}
