/** What the agents say became of their actions, many in one transaction. */
import { withTransaction, type Sql } from '@/lib/db';
import { appendLedger, applySignalsToMany, recordRead, type LedgerNote } from '@/lib/decide';
import { TOOLS } from '../catalogue';
import type { World } from '../world';
import type { Answered } from './wave';

const TRUSTED = new Set(TOOLS.filter((tool) => !tool.untrustedOutput).map(({ name }) => name));

/** Records the outcome of actions that ran: status, the agent's own word, and what it read. */
export async function reportWave(
  { workspaceId }: World,
  ran: readonly Answered[],
  now: number,
): Promise<void> {
  if (ran.length === 0) return;
  await withTransaction(async (sql) => {
    await markRun(sql, workspaceId, ran, now);
    for (const { run, step, decided } of ran) {
      if (step.output === undefined || TRUSTED.has(step.tool)) continue;
      await recordRead(sql, {
        workspaceId,
        agentId: decided.agentId,
        sessionId: run.scheduled.id,
        decisionId: decided.id,
        tool: step.tool,
        text: step.output,
        named: false,
        now,
      });
    }
    const applied = await applySignalsToMany(sql, {
      workspaceId,
      now,
      agents: byAgent(ran).map(([agentId, own]) => ({
        agentId,
        actor: `agent:${agentId}`,
        signals: own.map(({ step, decided }) => ({
          kind: `outcome.task_${statusOf(step)}`,
          source: `agent:${agentId}`,
          sourceClass: 'self' as const,
          decisionId: decided.id,
        })),
      })),
    });
    const notes = [...ran.map(noteOf), ...applied.flatMap((one) => one.notes)];
    const announcements = applied.flatMap((one) => one.announcements);
    await appendLedger(sql, workspaceId, notes, announcements, now);
  });
}

async function markRun(
  sql: Sql,
  workspaceId: string,
  ran: readonly Answered[],
  now: number,
): Promise<void> {
  await sql(
    `UPDATE decisions d SET execution_status = r.status, execution_error = r.error, executed_at = $5
     FROM unnest($2::uuid[], $3::text[], $4::text[]) AS r (id, status, error)
     WHERE d.workspace_id = $1 AND d.id = r.id AND d.id = ANY($2::uuid[])`,
    [
      workspaceId,
      ran.map(({ decided }) => decided.id),
      ran.map(({ step }) => statusOf(step)),
      ran.map(({ step }) => step.fails ?? null),
      new Date(now),
    ],
  );
}

const statusOf = (step: Answered['step']) => (step.fails === undefined ? 'succeeded' : 'failed');

function noteOf({ run, step, decided }: Answered): LedgerNote {
  return {
    kind: 'outcome.reported',
    actor: `agent:${run.agentId}`,
    subject: `decision:${decided.id}`,
    body: { agent: run.agentId, status: statusOf(step), metrics: {} },
  };
}

/** In the order of their ids: the order in which everybody locks trust. */
export function byAgent<T extends { readonly run: { readonly agentId: string } }>(
  items: readonly T[],
): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items)
    groups.set(item.run.agentId, [...(groups.get(item.run.agentId) ?? []), item]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
