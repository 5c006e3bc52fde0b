/** The demo workspace as it stands in the database: who is there, by the short names the fleet uses. */
import type { KeyActor, PersonActor } from '@/lib/auth';
import { sql } from '@/lib/db';
import { FLEET } from './fleet';
import { PEOPLE, type PersonKey } from './people';

export const DEMO_SLUG = 'demo-fleet';
export const TELEMETRY_KEY = 'Fleet telemetry';

export interface World {
  readonly workspaceId: string;
  readonly people: Readonly<Record<PersonKey, PersonActor>>;
  /** Stands for CI, surveys and the identity provider. */
  readonly telemetry: KeyActor;
  /** Ids of the registered agents by their key. */
  readonly agents: Map<string, string>;
}

/** The id of the demo workspace; undefined when it was left out or removed. */
export async function findDemoWorkspace(): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>(
    `SELECT id FROM workspaces WHERE slug = $1 AND kind = 'demo'`,
    [DEMO_SLUG],
  );
  return row?.id;
}

/** Reads the world; everybody must have been set up. */
export async function readWorld(workspaceId: string): Promise<World> {
  const members = await sql<{ id: string; email: string; role: PersonActor['role'] }>(
    `SELECT p.id, p.email, m.role FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.workspace_id = $1`,
    [workspaceId],
  );
  const actor = (key: PersonKey): PersonActor => {
    const { name, email } = PEOPLE[key];
    const found = members.find((member) => member.email === email);
    if (found === undefined) throw new Error(`${name} is not a member of the demo workspace`);
    const { id: personId, role } = found;
    return { kind: 'person', personId, name, email, role, workspaceId, signedInAt: null };
  };
  const people = Object.fromEntries(
    (Object.keys(PEOPLE) as PersonKey[]).map((key) => [key, actor(key)]),
  ) as Record<PersonKey, PersonActor>;
  return {
    workspaceId,
    people,
    telemetry: await readTelemetry(workspaceId),
    agents: await readAgents(workspaceId),
  };
}

async function readTelemetry(workspaceId: string): Promise<KeyActor> {
  const [row] = await sql<{ id: string }>(
    `SELECT id FROM api_keys WHERE workspace_id = $1 AND name = $2 AND revoked_at IS NULL
     ORDER BY created_at LIMIT 1`,
    [workspaceId, TELEMETRY_KEY],
  );
  if (row === undefined) throw new Error('the demo workspace has no key for telemetry');
  return {
    kind: 'key',
    keyId: row.id,
    name: TELEMETRY_KEY,
    role: 'gateway',
    workspaceId,
    author: null,
  };
}

/** The newest agent that has the name; one that was revoked is no longer part of the fleet. */
async function readAgents(workspaceId: string): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; name: string }>(
    `SELECT id, name FROM agents WHERE workspace_id = $1 AND status <> 'revoked' ORDER BY created_at, id`,
    [workspaceId],
  );
  const byName = new Map(rows.map((row) => [row.name, row.id]));
  return new Map(
    FLEET.flatMap(({ key, name }) => {
      const id = byName.get(name);
      return id === undefined ? [] : [[key, id] as const];
    }),
  );
}
