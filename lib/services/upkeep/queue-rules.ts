/** Tells of calls that nobody has decided: first a reminder, then an escalation, each once, as the workspace's rules say. */
import { RISKS, type EventType, type QueueRule, type QueueSettings } from '@/lib/contracts';
import { sql as query, withTransaction, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { readQueueSettings } from '@/lib/services/approvals/queue/settings-row';

interface Step {
  readonly column: 'reminded_at' | 'escalated_at';
  readonly event: Extract<EventType, 'approval.reminded' | 'approval.escalated'>;
  readonly after: (rule: QueueRule) => number | null;
}

/** Escalation first: what is due for both at once, because no process ran for a while, is escalated and not reminded of. */
const STEPS: readonly Step[] = [
  {
    column: 'escalated_at',
    event: 'approval.escalated',
    after: (rule) => rule.escalateAfterMinutes,
  },
  { column: 'reminded_at', event: 'approval.reminded', after: (rule) => rule.remindAfterMinutes },
];

/** Most approvals told of in one transaction. */
const BATCH = 200;

/** Applies the rules of every workspace in which something waits. Several processes may run it at once. */
export async function applyQueueRules(now: number): Promise<void> {
  const rows = await query<{ id: string }>(
    `SELECT DISTINCT workspace_id AS id FROM approvals WHERE state = 'pending' AND expires_at > $1`,
    [new Date(now)],
  );
  for (const { id } of rows) {
    await withTransaction((sql) => endClaims(sql, id, now));
    await applyRulesOf(id, now);
  }
}

/** A claim that lapsed held nobody off since; this takes it out of sight, and tells those who look at the queue. */
async function endClaims(sql: Sql, workspaceId: string, now: number): Promise<void> {
  const ended = await sql<{ id: string; agentId: string; by: string; name: string | null }>(
    `UPDATE approvals ap SET claimed_by = NULL, claimed_by_name = NULL, claimed_until = NULL
     FROM (SELECT id, claimed_by, claimed_by_name FROM approvals
       WHERE workspace_id = $1 AND state = 'pending' AND expires_at > $2 AND claimed_until <= $2
       ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) AS old
     WHERE ap.workspace_id = $1 AND ap.id = old.id
     RETURNING ap.id, ap.agent_id AS "agentId", old.claimed_by AS by, old.claimed_by_name AS name`,
    [workspaceId, new Date(now)],
  );
  if (ended.length === 0) return;
  await appendLedger(
    sql,
    workspaceId,
    ended.map(({ id, by, name }) => ({
      kind: 'approval.claim_lapsed',
      actor: 'belay',
      subject: `approval:${id}`,
      body: { by, name },
    })),
    ended.map(({ id, agentId }) => ({ type: 'approval.changed', agentId, subjectId: id })),
    now,
  );
}

async function applyRulesOf(workspaceId: string, now: number): Promise<void> {
  const settings = await readQueueSettings(query, workspaceId);
  for (const step of STEPS) {
    const due = dueBefore(settings, step, now);
    if (due.length > 0) await withTransaction((sql) => tell(sql, workspaceId, step, due, now));
  }
}

/** The time of request from which on a call of a risk is due. */
function dueBefore({ rules }: QueueSettings, { after }: Step, now: number) {
  return RISKS.flatMap((risk) => {
    const minutes = after(rules[risk]);
    return minutes === null ? [] : [{ risk, before: new Date(now - minutes * 60_000), minutes }];
  });
}

async function tell(
  sql: Sql,
  workspaceId: string,
  { column, event }: Step,
  due: ReturnType<typeof dueBefore>,
  now: number,
): Promise<void> {
  const told = await sql<{ id: string; agentId: string; risk: string }>(
    `UPDATE approvals SET ${column} = $2 WHERE (workspace_id, id) IN (
       SELECT ap.workspace_id, ap.id FROM approvals ap
       JOIN unnest($3::text[], $4::timestamptz[]) AS due (risk, before) ON due.risk = ap.risk AND ap.requested_at <= due.before
       WHERE ap.workspace_id = $1 AND ap.state = 'pending' AND ap.expires_at > $2 AND ap.${column} IS NULL AND ap.escalated_at IS NULL
       ORDER BY ap.id LIMIT ${BATCH} FOR UPDATE OF ap SKIP LOCKED)
     RETURNING id, agent_id AS "agentId", risk`,
    [
      workspaceId,
      new Date(now),
      due.map(({ risk }) => risk),
      due.map(({ before }) => before.toISOString()),
    ],
  );
  if (told.length === 0) return;
  const minutes = new Map<string, number>(due.map((one) => [one.risk, one.minutes]));
  await appendLedger(
    sql,
    workspaceId,
    told.map(({ id, agentId, risk }) => ({
      kind: event,
      actor: 'belay',
      subject: `approval:${id}`,
      body: { agent: agentId, risk, waitedMinutes: minutes.get(risk) ?? null },
    })),
    told.map(({ id, agentId }) => ({ type: event, agentId, subjectId: id })),
    now,
  );
}
