import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type Incident } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { lockTrustStates } from '@/lib/decide';
import { requireAgent } from '@/lib/services/agents/lock';
import { requireNoPartIn } from '@/lib/services/agents/own-agent';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getIncident } from './get';
import { reinstateIfExplained } from './reinstate';

interface Locked {
  readonly agent_id: string;
  readonly state: Incident['state'];
  readonly severity: number;
  readonly root_cause: string | null;
}

interface Change {
  readonly kind: string;
  readonly body: Record<string, unknown>;
}

/**
 * Moves an incident on. A closed one stays closed: what happens later is a new incident. One of severity 1 is not closed
 * before its root cause is known.
 *
 * @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found`, `incident_closed`, `root_cause_required`
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
    if (closing) requireRootCause(incident);
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

function requireRootCause({ severity, root_cause: rootCause }: Locked): void {
  if (severity > 1 || rootCause !== null) return;
  throw new DomainError(
    'unprocessable',
    'root_cause_required',
    'An incident of severity 1 is closed when its root cause is known. Write it down first.',
  );
}

/**
 * Writes down what it was, open or closed. An agent that was suspended for it works again.
 *
 * @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found`
 */
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
  apply: (sql: Sql, incidentId: string, incident: Locked) => Promise<Change>,
): Promise<Incident> {
  const { actor } = context;
  requirePermission(actor, 'incidents.manage');
  const incidentId = requireId(id, 'incident');
  await withTransaction(async (sql) => {
    const incident = await lockIncident(sql, actor.workspaceId, incidentId);
    const { kind, body } = await apply(sql, incidentId, incident);
    const agentId = incident.agent_id;
    const reinstated = await reinstateIfExplained(sql, context, agentId);
    if (reinstated.notes.length > 0)
      await requireNoPartIn(
        sql,
        context,
        await requireAgent(sql, actor.workspaceId, agentId),
        'let it work again',
      );
    await record(
      sql,
      context,
      [noteOf(context, kind, `incident:${incidentId}`, body), ...reinstated.notes],
      [{ type: 'incident.changed', agentId, subjectId: incidentId }, ...reinstated.announcements],
    );
  });
  return getIncident(context, incidentId);
}

/** The incident, behind the trust state of its agent: evidence that opens incidents locks in this order. */
async function lockIncident(sql: Sql, workspaceId: string, id: string): Promise<Locked> {
  const [found] = await sql<{ agent_id: string }>(
    'SELECT agent_id FROM incidents WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id],
  );
  if (found === undefined) throw notFound('incident');
  await lockTrustStates(sql, workspaceId, [found.agent_id]);
  const [incident] = await sql<Locked>(
    'SELECT agent_id, state, severity, root_cause FROM incidents WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [workspaceId, id],
  );
  if (incident === undefined) throw notFound('incident');
  return incident;
}
