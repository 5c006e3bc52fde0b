/** Furnishes the demo workspace: people, tools, a key for telemetry, patience for approvals. Safe to repeat. */
import { newId, sql, withTransaction, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { createApiKeyByCommand } from '@/lib/services/api-keys/create';
import { registerAgent } from '@/lib/services/agents/register';
import { putTool } from '@/lib/services/tools/put';
import { TOOLS } from './catalogue';
import type { FleetAgent } from './fleet';
import { keyOf } from './keys';
import { PEOPLE, type DemoPerson } from './people';
import { DEMO_SLUG, readWorld, TELEMETRY_KEY, type World } from './world';

/** Long enough that somebody who looks in finds something to decide. */
const APPROVAL_TTL_SECONDS = 4 * 3600;

export async function furnish(workspaceId: string, at: Date): Promise<World> {
  await invitePeople(workspaceId, at);
  const [key] = await sql('SELECT 1 FROM api_keys WHERE workspace_id = $1 AND name = $2', [
    workspaceId,
    TELEMETRY_KEY,
  ]);
  if (key === undefined)
    await createApiKeyByCommand(
      { name: TELEMETRY_KEY, role: 'gateway', workspaceSlug: DEMO_SLUG },
      at,
    );
  const world = await readWorld(workspaceId);
  const known = await sql<{ name: string }>('SELECT name FROM tools WHERE workspace_id = $1', [
    workspaceId,
  ]);
  const names = new Set(known.map(({ name }) => name));
  for (const tool of TOOLS)
    if (!names.has(tool.name)) await putTool({ actor: world.people.amara, now: at }, tool);
  return world;
}

/** People without a password: they are members, and nobody can sign in as them. */
function invitePeople(workspaceId: string, at: Date): Promise<void> {
  return withTransaction(async (sql) => {
    const added: string[] = [];
    for (const person of Object.values(PEOPLE))
      if (await addMember(sql, workspaceId, person, at)) added.push(person.email);
    if (added.length === 0) return;
    await sql('UPDATE workspaces SET approval_ttl_seconds = $2 WHERE id = $1', [
      workspaceId,
      APPROVAL_TTL_SECONDS,
    ]);
    const note = {
      kind: 'demo.furnished',
      actor: 'belay',
      subject: `workspace:${workspaceId}`,
      body: { people: added.length, approvalTtlSeconds: APPROVAL_TTL_SECONDS },
    };
    await appendLedger(sql, workspaceId, [note], [], at.getTime());
  });
}

async function addMember(
  sql: Sql,
  workspaceId: string,
  { email, name, role }: DemoPerson,
  at: Date,
): Promise<boolean> {
  await sql(
    'INSERT INTO people (id, email, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING',
    [newId(), email, name, at],
  );
  const rows = await sql(
    `INSERT INTO memberships (workspace_id, person_id, role, created_at)
     SELECT $1, id, $3, $4 FROM people WHERE email = $2 ON CONFLICT DO NOTHING RETURNING 1`,
    [workspaceId, email, role, at],
  );
  return rows.length > 0;
}

/** Registers a demo agent with its derived key, unless it is there. */
export async function enroll(world: World, agent: FleetAgent, at: Date): Promise<void> {
  if (world.agents.has(agent.key)) return;
  const { name, version, purpose, tags, pact } = agent;
  const registered = await registerAgent(
    { actor: world.people.amara, now: at },
    {
      name,
      version,
      purpose,
      pact,
      tags: [...tags],
      owner: PEOPLE[agent.owner].email,
      publicKey: keyOf(agent.key).publicKey,
    },
  );
  world.agents.set(agent.key, registered.id);
}
