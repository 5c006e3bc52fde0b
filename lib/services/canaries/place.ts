/** Puts a canary into the queue: a decision and an approval like any other, of an agent that is at work. */
import { randomInt } from 'node:crypto';
import type { CanaryTemplate, Risk } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import { appendLedger, groupKey, readVerdictRules } from '@/lib/decide';
import { actionDigest } from '@/lib/ledger';

/** A canary comes only where requests come: alone in a quiet night it would stand out. */
const COMPANY_MINUTES = 60;

export interface DueCanary {
  readonly id: string;
  readonly template: CanaryTemplate;
}

interface Asker {
  readonly agentId: string;
  readonly trust: unknown;
  readonly reasons: readonly { readonly code: string }[];
  readonly policyVersion: number;
  readonly ladderVersion: number;
  readonly ttlSeconds: number;
}

/**
 * Places a canary that is due, if real requests came lately. The ledger is not written: it holds the commitment already.
 *
 * @param now milliseconds since the epoch
 * @returns whether it was placed
 */
export async function placeCanary(
  sql: Sql,
  workspaceId: string,
  canary: DueCanary,
  now: number,
): Promise<boolean> {
  const asker = await chooseAsker(sql, workspaceId, now);
  if (asker === undefined) return false;
  const [decisionId, approvalId] = [newId(now), newId(now)];
  const { template } = canary;
  const digest = actionDigest({
    tool: template.tool,
    arguments: template.arguments,
    resource: template.resource,
    agent: asker.agentId,
    session: null,
    policyVersion: String(asker.policyVersion),
  });
  await insertDecision(sql, workspaceId, { decisionId, template, digest, now }, asker);
  await insertApproval(sql, workspaceId, { decisionId, approvalId, template, digest, now }, asker);
  await sql(
    `UPDATE canaries SET placed_at = $3, decision_id = $4, approval_id = $5, agent_id = $6
     WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, canary.id, new Date(now), decisionId, approvalId, asker.agentId],
  );
  const agentId = asker.agentId;
  await appendLedger(
    sql,
    workspaceId,
    [],
    [
      { type: 'decision.made', agentId },
      { type: 'approval.opened', agentId, subjectId: approvalId },
    ],
    now,
  );
  return true;
}

/**
 * An agent whose own requests waited lately, with the trust it has now and the reasons its last one waited for. Reasons that speak of
 * what was read do not fit a call that has read nothing.
 */
async function chooseAsker(sql: Sql, workspaceId: string, now: number): Promise<Asker | undefined> {
  const rows = await sql<Asker>(
    `SELECT DISTINCT ON (d.agent_id) d.agent_id AS "agentId", d.reasons, e.policy_version AS "policyVersion",
       e.ladder_version AS "ladderVersion", w.approval_ttl_seconds AS "ttlSeconds",
       jsonb_build_object('score', t.score, 'rung', t.rung, 'layers', t.layers) AS trust
     FROM approvals ap
       JOIN decisions d ON d.workspace_id = ap.workspace_id AND d.id = ap.decision_id AND NOT d.seeded
       JOIN agents a ON a.workspace_id = ap.workspace_id AND a.id = ap.agent_id AND a.status = 'active'
       JOIN trust_states t ON t.workspace_id = ap.workspace_id AND t.agent_id = ap.agent_id
       JOIN workspaces w ON w.id = ap.workspace_id JOIN workspace_epochs e ON e.workspace_id = ap.workspace_id
     WHERE ap.workspace_id = $1 AND ap.requested_at > $2::timestamptz - interval '${COMPANY_MINUTES} minutes'
       AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(d.reasons) r WHERE r->>'code' ~ 'injection|third_party')
     ORDER BY d.agent_id, d.id DESC LIMIT 200`,
    [workspaceId, new Date(now)],
  );
  return rows.length === 0 ? undefined : rows[randomInt(rows.length)];
}

async function insertDecision(
  sql: Sql,
  workspaceId: string,
  made: { decisionId: string; template: CanaryTemplate; digest: string; now: number },
  asker: Asker,
): Promise<void> {
  const { decisionId, template, digest, now } = made;
  await sql(
    `INSERT INTO decisions (workspace_id, id, agent_id, tool, arguments, resource, digest, outcome, state, reasons, trust,
       policy_version, ladder_version, request_id, decided_at, asked_with, seeded)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, 'require_approval', 'pending', $8::jsonb, $9::jsonb, $10, $11, $12, $13,
       '{}'::jsonb, true)`,
    [
      workspaceId,
      decisionId,
      asker.agentId,
      template.tool,
      JSON.stringify(template.arguments),
      JSON.stringify(template.resource),
      digest,
      JSON.stringify(asker.reasons),
      JSON.stringify(asker.trust),
      asker.policyVersion,
      asker.ladderVersion,
      decisionId,
      new Date(now),
    ],
  );
}

/** Everything an approval has by which the queue sorts, groups and counts it, so that nothing tells it from the others. */
async function insertApproval(
  sql: Sql,
  workspaceId: string,
  made: {
    decisionId: string;
    approvalId: string;
    template: CanaryTemplate;
    digest: string;
    now: number;
  },
  asker: Asker,
): Promise<void> {
  const { decisionId, approvalId, template, digest, now } = made;
  const { tool, resource } = template;
  const risk = await riskOf(sql, workspaceId, template);
  const { approvalsNeeded } = await readVerdictRules(sql, workspaceId);
  const reasons = asker.reasons.map(({ code }) => code);
  const group = { agentId: asker.agentId, tool, risk, reasons, resource };
  await sql(
    `INSERT INTO approvals (workspace_id, id, decision_id, agent_id, tool, risk, digest, state, requested_at, expires_at,
       group_key, resource_id, verdicts_needed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10, $11, $12)`,
    [
      workspaceId,
      approvalId,
      decisionId,
      asker.agentId,
      tool,
      risk,
      digest,
      new Date(now),
      new Date(now + asker.ttlSeconds * 1000),
      groupKey({ ...group, arguments: template.arguments }),
      resource.id,
      approvalsNeeded[risk],
    ],
  );
}

/** That of the catalogue where it knows the tool, as with every request. */
async function riskOf(sql: Sql, workspaceId: string, template: CanaryTemplate): Promise<Risk> {
  const [known] = await sql<{ risk: Risk }>(
    'SELECT risk FROM tools WHERE workspace_id = $1 AND name = $2',
    [workspaceId, template.tool],
  );
  return known?.risk ?? template.risk;
}
