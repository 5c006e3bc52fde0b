import { requirePermission } from '@/lib/auth';
import type { Incident, IncidentInput } from '@/lib/contracts';
import { newId, withTransaction } from '@/lib/db';
import { lockTrustStates, suspend } from '@/lib/decide';
import { requireAgent } from '@/lib/services/agents/lock';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getIncident } from './get';

/**
 * Opens an incident by hand. Each is its own: what a person reports does not join what the engine found. Severity 1 suspends
 * the agent until the root cause is written down.
 *
 * @throws DomainError `forbidden`, `not_found` for the agent
 */
export async function createIncident(
  context: ServiceContext,
  input: IncidentInput,
): Promise<Incident> {
  const { actor, now } = context;
  requirePermission(actor, 'incidents.manage');
  const agentId = requireId(input.agentId, 'agent');
  const id = newId();
  await withTransaction(async (sql) => {
    await requireAgent(sql, actor.workspaceId, agentId);
    await lockTrustStates(sql, actor.workspaceId, [agentId]);
    const report = { reportedBy: actor.name, at: now.toISOString(), detail: input.detail ?? null };
    await sql(
      `INSERT INTO incidents (workspace_id, id, agent_id, severity, kind, title, state, evidence, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'open', $7::jsonb, $8)`,
      [
        actor.workspaceId,
        id,
        agentId,
        input.severity,
        `reported.${id}`,
        input.title,
        JSON.stringify([report]),
        now,
      ],
    );
    const { severity, title, detail } = input;
    const suspended =
      severity === 1 ? await suspend(sql, actor.workspaceId, agentId, id) : undefined;
    await record(
      sql,
      context,
      [
        noteOf(context, 'incident.opened', `incident:${id}`, {
          agent: agentId,
          severity,
          title,
          detail: detail ?? null,
        }),
        ...(suspended?.notes ?? []),
      ],
      [{ type: 'incident.changed', agentId, subjectId: id }, ...(suspended?.announcements ?? [])],
    );
  });
  return getIncident(context, id);
}
