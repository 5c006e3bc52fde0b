import type { z } from 'zod';
import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type AgentDetail, type overrideInputSchema } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { getAgent } from '@/lib/services/agents/get';
import { requireAgent } from '@/lib/services/agents/lock';
import { requireNoPartIn } from '@/lib/services/agents/own-agent';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

const HIGHEST_LIFTED_RUNG = 4;
const LONGEST_LIFT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export type OverrideInput = z.infer<typeof overrideInputSchema>;

/**
 * Pins an agent's rung for a time. The score is not touched. A pin that lifts reaches rung 4 and 30 days at most; it replaces
 * the pin before it.
 *
 * @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found`, `until_past`, `lift_too_high`, `lift_too_long`
 */
export async function createOverride(
  context: ServiceContext,
  id: string,
  input: OverrideInput,
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'overrides.edit');
  const agentId = requireId(id, 'agent');
  const overrideId = newId();
  const until = new Date(input.until);
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, actor.workspaceId);
    const owned = await requireAgent(sql, actor.workspaceId, agentId);
    const earned = await earnedRung(sql, actor.workspaceId, agentId);
    refuseUnsafe({ rung: input.rung, earned, until, now });
    const before = await pinInForce(sql, actor.workspaceId, agentId, now);
    if (letsMoreThrough({ rung: input.rung, until }, earned, before))
      await requireNoPartIn(sql, context, owned, 'pin it to a rung that lets it do more');
    await sql(
      'UPDATE rung_overrides SET ended_at = $3, ended_by = $4 WHERE workspace_id = $1 AND agent_id = $2 AND ended_at IS NULL',
      [actor.workspaceId, agentId, now, actorRef(actor)],
    );
    await sql(
      `INSERT INTO rung_overrides (workspace_id, id, agent_id, rung, reason, created_by, created_by_name, created_at, until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        actor.workspaceId,
        overrideId,
        agentId,
        input.rung,
        input.reason,
        actorRef(actor),
        actor.name,
        now,
        until,
      ],
    );
    const body = { agent: agentId, earned, ...input };
    await record(
      sql,
      context,
      [noteOf(context, 'override.created', `override:${overrideId}`, body)],
      [{ type: 'agent.changed', agentId, subjectId: agentId }],
    );
  });
  return getAgent(context, agentId);
}

interface Pin {
  readonly rung: number;
  readonly until: Date;
}

async function pinInForce(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  now: Date,
): Promise<Pin | undefined> {
  const [row] = await sql<Pin>(
    `SELECT rung, until FROM rung_overrides
     WHERE workspace_id = $1 AND agent_id = $2 AND ended_at IS NULL AND until > $3`,
    [workspaceId, agentId, now],
  );
  return row;
}

/** Above what it earned, or above or shorter than the pin that holds it down. */
function letsMoreThrough(pin: Pin, earned: number, before: Pin | undefined): boolean {
  if (pin.rung > earned) return true;
  if (before === undefined || before.rung >= earned) return false;
  return pin.rung > before.rung || pin.until < before.until;
}

async function earnedRung(sql: Sql, workspaceId: string, agentId: string): Promise<number> {
  const [row] = await sql<{ rung: number }>(
    'SELECT rung FROM trust_states WHERE workspace_id = $1 AND agent_id = $2',
    [workspaceId, agentId],
  );
  return row?.rung ?? 1;
}

function refuseUnsafe(pin: { rung: number; earned: number; until: Date; now: Date }): void {
  const { rung, earned, until, now } = pin;
  const lasts = until.getTime() - now.getTime();
  if (lasts <= 0)
    throw new DomainError('unprocessable', 'until_past', 'The end of the pin lies in the past.');
  if (rung <= earned) return;
  if (rung > HIGHEST_LIFTED_RUNG)
    throw new DomainError(
      'unprocessable',
      'lift_too_high',
      `A pin can lift an agent to rung ${HIGHEST_LIFTED_RUNG} at most; full autonomy has to be earned.`,
    );
  if (lasts > LONGEST_LIFT_DAYS * DAY_MS)
    throw new DomainError(
      'unprocessable',
      'lift_too_long',
      `A pin that lifts an agent can last ${LONGEST_LIFT_DAYS} days at most.`,
    );
}
