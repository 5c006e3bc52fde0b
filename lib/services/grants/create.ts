import { actorRef } from '@/lib/auth';
import { DomainError, type GrantScope, type VerdictRules } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import {
  grantedTool,
  readTools,
  readVerdictRules,
  toolFacts,
  type LedgerNote,
  type ToolFacts,
} from '@/lib/decide';
import type { ApprovalRow } from '@/lib/services/approvals/approval-rows';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf } from '@/lib/services/record';
import { requireGrantable } from './may-grant';

/**
 * Lets calls like the approved one through, in the transaction of the verdict. The caller has locked the approval and the agent's
 * trust, so that the next decision about the agent knows it, and appends the note to the ledger.
 *
 * @throws DomainError those of `requireGrantable`; 409 `tool_changed`, `too_many_grants`
 */
export async function createGrant(
  sql: Sql,
  context: ServiceContext,
  approval: ApprovalRow,
  scope: GrantScope,
): Promise<LedgerNote> {
  const { actor, now } = context;
  const { tool, rules } = await requireCurrent(sql, actor.workspaceId, approval);
  await requireFewGrants(sql, context, approval.agentId);
  const pattern = requireGrantable(approval, tool, { scope, rules });
  const id = newId();
  const until = new Date(now.getTime() + scope.minutes * 60_000);
  await sql(
    `INSERT INTO approval_grants (workspace_id, id, agent_id, approval_id, tool, pattern, reason_codes, tool_facts, rung,
       policy_version, most_uses, granted_by, granted_by_name, granted_at, until, sent_by, delegators)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::text[], $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16, $17::text[])`,
    [
      actor.workspaceId,
      id,
      approval.agentId,
      approval.id,
      approval.tool,
      JSON.stringify(pattern),
      approval.reasons.map(({ code }) => code),
      JSON.stringify(grantedTool(tool)),
      approval.trustAtRequest.rung,
      approval.policyVersion,
      scope.uses,
      actorRef(actor),
      actor.name,
      now,
      until,
      approval.askedWith?.sentBy ?? '',
      [...(approval.askedWith?.delegators ?? [])],
    ],
  );
  return noteOf(context, 'grant.given', `grant:${id}`, {
    agent: approval.agentId,
    approval: approval.id,
    tool: approval.tool,
    uses: scope.uses,
    until: until.toISOString(),
    vary: scope.vary,
    digest: approval.digest,
  });
}

/**
 * Most grants of an agent that live at a time: each decision about the agent reads and compares them all, and nobody who may take
 * them back overlooks more.
 */
export const MOST_LIVE_GRANTS = 20;

/** @throws DomainError 409 `too_many_grants` */
async function requireFewGrants(
  sql: Sql,
  { actor, now }: ServiceContext,
  agentId: string,
): Promise<void> {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM approval_grants
     WHERE workspace_id = $1 AND agent_id = $2 AND ended_at IS NULL AND until > $3 AND uses < most_uses`,
    [actor.workspaceId, agentId, now],
  );
  if ((row?.count ?? 0) < MOST_LIVE_GRANTS) return;
  throw new DomainError(
    'conflict',
    'too_many_grants',
    `${MOST_LIVE_GRANTS} grants of this agent are live already. Approve this call once, or take one of them back first.`,
  );
}

/**
 * The tool is as risky as the reviewer was told. That the policy is the one of the request was asked with the approval.
 *
 * @throws DomainError 409 `tool_changed`
 */
async function requireCurrent(
  sql: Sql,
  workspaceId: string,
  approval: ApprovalRow,
): Promise<{ tool: ToolFacts; rules: VerdictRules }> {
  const [rules, tools] = await Promise.all([
    readVerdictRules(sql, workspaceId),
    readTools(sql, workspaceId),
  ]);
  const tool = toolFacts({ tools }, approval.tool);
  if (tool.risk !== approval.risk)
    throw new DomainError(
      'conflict',
      'tool_changed',
      'The description of the tool changed since this was asked for. Approve it once, and give a grant with the next call.',
    );
  return { tool, rules };
}
