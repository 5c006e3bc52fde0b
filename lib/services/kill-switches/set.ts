import type { z } from 'zod';
import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type SwitchInput, type switchSetSchema } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { requireAgent } from '@/lib/services/agents/lock';
import type { ServiceContext } from '@/lib/services/context';
import { raiseEpoch } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { endGrantsInScope } from '@/lib/services/grants/end-in-scope';
import { endPins } from '@/lib/services/overrides/end-pins';
import { noteOf, record } from '@/lib/services/record';
import { endOpenWork } from './end-open-work';
import { getKillSwitch } from './get';

/**
 * Stops what the scope names. Once this returns, no decision in scope allows anything, in any process: the epoch is raised
 * first, and every batch of decisions holds it.
 *
 * @throws DomainError `forbidden`, `not_found` for an agent, `already_in_force`
 */
export async function setKillSwitch(
  context: ServiceContext,
  input: SwitchInput,
): Promise<z.infer<typeof switchSetSchema>> {
  const { actor } = context;
  requirePermission(actor, 'switches.set');
  const id = newId();
  const scope = normalScope(input.scope);
  const reach = { scope, mode: input.mode };
  const ended = await withTransaction(async (sql) => {
    await raiseEpoch(sql, actor.workspaceId, 'kill_epoch');
    if (scope.type === 'agent') await requireAgent(sql, actor.workspaceId, scope.value ?? '');
    await refuseTwice(sql, actor.workspaceId, reach);
    await insertSwitch(sql, context, id, { ...input, scope });
    const work = await endOpenWork(sql, context, {
      ...reach,
      why: `A kill switch was set: ${input.reason}`,
    });
    const pins = await endPins(sql, context, { scope, endedBy: `switch:${id}` });
    const grants = await endGrantsInScope(sql, context, {
      scope,
      endedBy: `switch:${id}`,
      text: `A kill switch was set: ${input.reason}`,
    });
    const counts = { approvals: work.approvals.length, permits: work.permits };
    const body = { scope, mode: input.mode, reason: input.reason, ended: { ...counts, pins } };
    await record(
      sql,
      context,
      [noteOf(context, 'switch.set', `switch:${id}`, body), ...grants.notes],
      [
        { type: 'switch.changed', subjectId: id, ...agentOf(scope) },
        ...work.announcements,
        ...grants.announcements,
      ],
    );
    return counts;
  });
  return { ...(await getKillSwitch(context, id)), ended };
}

function normalScope(scope: SwitchInput['scope']): SwitchInput['scope'] {
  return scope.type === 'agent' ? { type: 'agent', value: requireId(scope.value, 'agent') } : scope;
}

export function agentOf(scope: { type: string; value?: string | null | undefined }): {
  agentId?: string;
} {
  return scope.type === 'agent' && typeof scope.value === 'string' ? { agentId: scope.value } : {};
}

async function refuseTwice(
  sql: Sql,
  workspaceId: string,
  { scope, mode }: Pick<SwitchInput, 'scope' | 'mode'>,
): Promise<void> {
  const [same] = await sql<{ id: string; name: string }>(
    `SELECT id, set_by_name AS name FROM kill_switches WHERE workspace_id = $1 AND released_at IS NULL
     AND scope_type = $2 AND scope_value IS NOT DISTINCT FROM $3 AND mode = $4`,
    [workspaceId, scope.type, scope.value ?? null, mode],
  );
  if (same === undefined) return;
  throw new DomainError(
    'conflict',
    'already_in_force',
    `This kill switch is in force already, set by ${same.name}.`,
    { facts: { id: same.id, name: same.name } },
  );
}

async function insertSwitch(
  sql: Sql,
  { actor, now }: ServiceContext,
  id: string,
  { scope, mode, reason }: SwitchInput,
): Promise<void> {
  await sql(
    `INSERT INTO kill_switches (workspace_id, id, scope_type, scope_value, mode, reason, set_by, set_by_name, set_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      actor.workspaceId,
      id,
      scope.type,
      scope.value ?? null,
      mode,
      reason,
      actorRef(actor),
      actor.name,
      now,
    ],
  );
}
