/** Puts a canary into the queue: a decision and an approval like any other, of an agent that is at work. */
import { randomInt, randomUUID } from 'node:crypto';
import type { CanaryTemplate } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { appendLedger, seedAction, type AskedWith, type Proposal } from '@/lib/decide';

/** A canary comes only where requests come: alone in a quiet night it would stand out. */
const COMPANY_MINUTES = 60;
/** And from an agent that calls just now: the agent's page says when it was last seen. */
const AT_WORK_MINUTES = 5;
/** Most agents a canary is tried on. Each is judged as its own call would be. */
const MOST_ASKERS = 20;

export interface DueCanary {
  readonly id: string;
  readonly template: CanaryTemplate;
}

/** An agent that asked lately, and how it asked: in which session, for whom, and by which way. */
interface Asker {
  readonly agentId: string;
  readonly sessionId: string | null;
  readonly askedWith: AskedWith & { readonly sentBy: string };
}

/**
 * Places a canary that is due, if real requests came lately, and one of the agents they came from would have to wait for a person
 * with this one too. The ledger is not written: it holds the commitment already. The caller holds the workspace's epochs.
 *
 * @param now milliseconds since the epoch
 * @returns whether it was placed
 */
export async function placeCanary(
  sql: Sql,
  workspaceId: string,
  { id, template }: DueCanary,
  now: number,
): Promise<boolean> {
  const askers = await selectAskers(sql, workspaceId, now);
  const proposals = shuffled(askers).map((asker) => proposalOf(asker, template));
  const seeded =
    proposals.length === 0 ? undefined : await seedAction(sql, workspaceId, proposals, now);
  if (seeded === undefined) return false;
  const { decisionId, approvalId, agentId, announcements } = seeded;
  await sql(
    `UPDATE canaries SET placed_at = $3, decision_id = $4, approval_id = $5, agent_id = $6
     WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id, new Date(now), decisionId, approvalId, agentId],
  );
  await appendLedger(sql, workspaceId, [], [...announcements], now);
  return true;
}

/** Agents whose own requests waited lately, each with its last. What was held back for what was read does not fit a made-up call. */
function selectAskers(sql: Sql, workspaceId: string, now: number): Promise<Asker[]> {
  return sql<Asker>(
    `SELECT * FROM (
       SELECT DISTINCT ON (d.agent_id) d.agent_id AS "agentId", d.session_id AS "sessionId", d.asked_with AS "askedWith"
       FROM approvals ap
         JOIN decisions d ON d.workspace_id = ap.workspace_id AND d.id = ap.decision_id AND NOT d.seeded
         JOIN agents a ON a.workspace_id = ap.workspace_id AND a.id = ap.agent_id AND a.status = 'active'
           AND a.last_seen_at > $2::timestamptz - interval '${AT_WORK_MINUTES} minutes'
       WHERE ap.workspace_id = $1 AND ap.requested_at > $2::timestamptz - interval '${COMPANY_MINUTES} minutes'
         AND d.asked_with->>'sentBy' IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(d.reasons) r WHERE r->>'code' ~ 'injection|third_party')
       ORDER BY d.agent_id, d.id DESC) AS latest
     ORDER BY random() LIMIT ${MOST_ASKERS}`,
    [workspaceId, new Date(now)],
  );
}

/** What the agent would have sent: the template, by the way its last request came. */
function proposalOf({ agentId, sessionId, askedWith }: Asker, template: CanaryTemplate): Proposal {
  const { sentBy, endUser, ...rest } = askedWith;
  return {
    ...rest,
    endUser,
    requestId: randomUUID(),
    agentId,
    actor: sentBy,
    tool: template.tool,
    arguments: template.arguments,
    resource: template.resource,
    sessionId: sessionId ?? undefined,
  };
}

/** The database orders by a weak random number. */
function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
