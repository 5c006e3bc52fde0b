/** Several agents act at the same simulated moment: their sessions are opened and their actions decided in one transaction. */
import { withTransaction, type Sql } from '@/lib/db';
import { appendLedger, decideBatch, type Decided, type Proposal } from '@/lib/decide';
import { redact, sha256Hex } from '@/lib/ledger';
import type { Step } from '../fleet';
import type { ScheduledTask } from '../timeline';
import type { World } from '../world';

/** A task under way. */
export interface Run {
  readonly scheduled: ScheduledTask;
  readonly agentId: string;
  /** Index of the next step. */
  next: number;
}

/** An action and the answer to it. */
export interface Answered {
  readonly run: Run;
  readonly step: Step;
  readonly decided: Decided;
}

/** @param now milliseconds since the epoch, the simulated moment */
export async function decideWave(
  { workspaceId }: World,
  runs: readonly Run[],
  now: number,
): Promise<Answered[]> {
  const asked = runs.flatMap((run) => stepsOf(run).map((step) => ({ run, step })));
  const fresh = runs.filter((run) => run.next === 0);
  const results = await withTransaction(async (sql) => {
    await openSessions(sql, workspaceId, fresh, now);
    return decideBatch(
      sql,
      workspaceId,
      asked.map(({ run, step }) => proposalOf(run, step)),
      now,
    );
  });
  return asked.flatMap(({ run, step }, index) => {
    const decided = results[index];
    return decided === undefined || decided instanceof Error ? [] : [{ run, step, decided }];
  });
}

/** The next step, or in a burst all of them. */
function stepsOf({ scheduled: { task }, next }: Run): readonly Step[] {
  return task.burst === true ? task.steps : task.steps.slice(next, next + 1);
}

function proposalOf({ scheduled, agentId }: Run, step: Step): Proposal {
  return {
    requestId: `demo-${scheduled.id}`,
    agentId,
    actor: `agent:${agentId}`,
    tool: step.tool,
    arguments: step.arguments,
    resource: step.resource,
    sessionId: scheduled.id,
    endUser: scheduled.task.endUser,
  };
}

/** The sessions of a moment in one statement, with the entries that `openSession` makes one by one. */
async function openSessions(
  sql: Sql,
  workspaceId: string,
  runs: readonly Run[],
  now: number,
): Promise<void> {
  if (runs.length === 0) return;
  const tasks = runs.map(({ scheduled }) => scheduled.task);
  await sql(
    `INSERT INTO sessions (workspace_id, id, agent_id, end_user, purpose, request, created_at)
     SELECT $1, s.id, s.agent_id, s.end_user, s.purpose, s.request, $7
     FROM unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) AS s (id, agent_id, end_user, purpose, request)
     ON CONFLICT DO NOTHING`,
    [
      workspaceId,
      runs.map(({ scheduled }) => scheduled.id),
      runs.map(({ agentId }) => agentId),
      tasks.map(({ endUser }) => endUser ?? null),
      tasks.map(({ purpose }) => purpose),
      tasks.map(({ request }) => request),
      new Date(now),
    ],
  );
  const notes = runs.map(({ scheduled, agentId }) => ({
    kind: 'session.opened',
    actor: `agent:${agentId}`,
    subject: `session:${scheduled.id}`,
    body: {
      agent: agentId,
      purpose: redact(scheduled.task.purpose),
      requestSha256: sha256Hex(scheduled.task.request),
    },
  }));
  await appendLedger(sql, workspaceId, notes, [], now);
}
