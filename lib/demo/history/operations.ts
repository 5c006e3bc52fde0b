/** What people do around the fleet: they stop it, look into incidents, and change the ladder. Rules over what stands, so that an interrupted history mends itself. */
import type { PersonActor } from '@/lib/auth';
import { sql } from '@/lib/db';
import { currentLadder } from '@/lib/decide';
import { changeIncident, setRootCause } from '@/lib/services/incidents/change';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { createLadder } from '@/lib/services/ladders/create';
import { liftRestriction } from '@/lib/services/restrictions/lift';
import { ROGUE_DAY } from '../fleet/crm-cleaner';
import { DAY_MS, HOUR_MS } from '../timeline';
import type { World } from '../world';

const STOP_REASON =
  'Merges contacts in bulk after "fix everything". Stopped until we know what it did.';
const RELEASE_REASON = 'The merges were restored from the backup; it starts again at the bottom.';
const STOPPED_MS = 20 * HOUR_MS;

/** The analyst stops the CRM cleaner a few minutes after it ran wild. */
export async function stopRogue(world: World, day: number, now: number): Promise<void> {
  const agentId = world.agents.get('crm-cleaner');
  if (day !== ROGUE_DAY || agentId === undefined) return;
  const known = await sql('SELECT 1 FROM kill_switches WHERE workspace_id = $1 AND reason = $2', [
    world.workspaceId,
    STOP_REASON,
  ]);
  if (known.length > 0) return;
  await setKillSwitch(
    { actor: world.people.mei, now: new Date(now) },
    { scope: { type: 'agent', value: agentId }, mode: 'halt', reason: STOP_REASON },
  );
}

/** The manager who does not own the agent releases what the fleet's own people stopped long enough ago. */
export async function releaseStops(world: World, now: number): Promise<void> {
  const old = await sql<{ id: string }>(
    `SELECT id FROM kill_switches WHERE workspace_id = $1 AND reason = $2 AND released_at IS NULL AND set_at <= $3`,
    [world.workspaceId, STOP_REASON, new Date(now - STOPPED_MS)],
  );
  for (const { id } of old)
    await releaseKillSwitch({ actor: world.people.lukas, now: new Date(now) }, id, RELEASE_REASON);
}

interface Closing {
  /** Days an incident of this kind stays open. */
  readonly days: number;
  readonly rootCause: string;
}

const CLOSINGS: Readonly<Record<string, Closing>> = {
  'behavior.injection_confirmed': {
    days: 3,
    rootCause:
      'A mail carried hidden orders to send a contact away. The inbox assistant passed mail text on to its planner without marking it as untrusted.',
  },
  'behavior.destructive_burst': {
    days: 2,
    rootCause:
      'The order "fix everything" had no limit, and the agent read it as every contact. It now asks for a list first.',
  },
  'trust.score_fell': {
    days: 3,
    rootCause: 'One incident cost most of it; it is the same cause, written down there.',
  },
  'trust.no_recovery': {
    days: 4,
    rootCause: 'Hardly used, so there was little to judge it by. Its owner gives it more to do.',
  },
  'trust.two_alarms': {
    days: 5,
    rootCause: 'Careless requests of one end user raised both. The team lead has talked to them.',
  },
};
const ORDINARY: Closing = {
  days: 7,
  rootCause: 'Looked at the session: a careless request, nothing planted. The owner knows.',
};

/** The analyst looks at each open incident after a day, and closes it when its cause is known. */
export async function tendIncidents(world: World, now: number): Promise<void> {
  const open = await sql<{
    id: string;
    kind: string;
    state: string;
    opened_at: Date;
    owner: string;
  }>(
    `SELECT i.id, i.kind, i.state, i.opened_at, a.owner FROM incidents i
     JOIN agents a ON a.workspace_id = i.workspace_id AND a.id = i.agent_id
     WHERE i.workspace_id = $1 AND i.state <> 'closed' AND i.opened_at <= $2 ORDER BY i.id`,
    [world.workspaceId, new Date(now - DAY_MS / 2)],
  );
  for (const { id, kind, state, opened_at: openedAt, owner } of open) {
    const context = { actor: besidesOwner(world, owner), now: new Date(now) };
    const closing = CLOSINGS[kind] ?? ORDINARY;
    if (state === 'open') await changeIncident(context, id, 'investigating');
    if (now - openedAt.getTime() < closing.days * DAY_MS) continue;
    await setRootCause(context, id, closing.rootCause);
    await changeIncident(context, id, 'closed');
  }
}

/** The analyst, or for an agent of theirs a manager: nobody lets an agent of their own go on. */
function besidesOwner({ people }: World, owner: string): PersonActor {
  return owner === people.mei.email ? people.lukas : people.mei;
}

/** The analyst lets an agent go on that was held back, when none of its incidents is open any more. */
export async function liftRestrictions(world: World, now: number): Promise<void> {
  const held = await sql<{ id: string; agent_id: string; owner: string }>(
    `SELECT r.id, r.agent_id, a.owner FROM agent_restrictions r
     JOIN agents a ON a.workspace_id = r.workspace_id AND a.id = r.agent_id
     WHERE r.workspace_id = $1 AND r.lifted_at IS NULL AND r.until IS NULL AND r.since <= $2
       AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.workspace_id = r.workspace_id AND i.agent_id = r.agent_id
         AND i.state <> 'closed') ORDER BY r.id`,
    [world.workspaceId, new Date(now - DAY_MS / 2)],
  );
  for (const { id, agent_id: agentId, owner } of held)
    await liftRestriction({ actor: besidesOwner(world, owner), now: new Date(now) }, agentId, {
      restriction: id,
      reason: 'Looked at what it did and at why; it may go on.',
    });
}

const LADDER_DAY = 35;

/** Once, the manager asks for a wider margin before a rung is gained. */
export async function raiseHysteresis(world: World, day: number, now: number): Promise<void> {
  if (day < LADDER_DAY) return;
  const { version, body } = await currentLadder(sql, world.workspaceId);
  if (version !== 1) return;
  await createLadder(
    { actor: world.people.amara, now: new Date(now) },
    {
      basedOn: version,
      ladder: { ...body, rungs: [...body.rungs], hysteresis: 0.025 },
      reason:
        'Two agents flickered around rung 4; a slightly wider margin keeps them where they are.',
    },
  );
}
