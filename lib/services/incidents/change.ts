import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type Incident } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getIncident } from './get';

type Locked = { agent_id: string; state: Incident['state'] };

/**
 * Moves an incident on. A closed one stays closed: what happens later is a new incident.
 *
 * @throws DomainError `forbidden`, `not_found`, `incident_closed`
 */
export async function changeIncident(
  context: ServiceContext,
  id: string,
  state: Incident['state'],
): Promise<Incident> {
  const { actor, now } = context;
  return change(context, id, async (sql, incidentId, incident) => {
    if (incident.state === 'closed')
      throw new DomainError(
        'conflict',
        'incident_closed',
        'This incident is closed. What happens later is a new incident.',
      );
    const closing = state === 'closed';
    await sql(
      'UPDATE incidents SET state = $3, closed_at = $4, closed_by = $5 WHERE workspace_id = $1 AND id = $2',
      [
        actor.workspaceId,
        incidentId,
        state,
        closing ? now : null,
        closing ? actorRef(actor) : null,
      ],
    );
    return { kind: `incident.${state}`, body: { from: incident.state, to: state } };
  });
}

/** Writes down what it was, open or closed. @throws DomainError `forbidden`, `not_found` */
export async function setRootCause(
  context: ServiceContext,
  id: string,
  rootCause: string,
): Promise<Incident> {
  return change(context, id, async (sql, incidentId) => {
    await sql('UPDATE incidents SET root_cause = $3 WHERE workspace_id = $1 AND id = $2', [
      context.actor.workspaceId,
      incidentId,
      rootCause,
    ]);
    return { kind: 'incident.root_cause', body: { rootCause } };
  });
}

async function change(
  context: ServiceContext,
  id: string,
  apply: (
    sql: Sql,
    incidentId: string,
    incident: Locked,
  ) => Promise<{ kind: string; body: Record<string, unknown> }>,
): Promise<Incident> {
  const { actor } = context;
  requirePermission(actor, 'incidents.manage');
  const incidentId = requireId(id, 'incident');
  await withTransaction(async (sql) => {
    const [incident] = await sql<Locked>(
      'SELECT agent_id, state FROM incidents WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
      [actor.workspaceId, incidentId],
    );
    if (incident === undefined) throw notFound('incident');
    const { kind, body } = await apply(sql, incidentId, incident);
    await record(
      sql,
      context,
      [noteOf(context, kind, `incident:${incidentId}`, body)],
      [{ type: 'incident.changed', agentId: incident.agent_id, subjectId: incidentId }],
    );
  });
  return getIncident(context, incidentId);
}
