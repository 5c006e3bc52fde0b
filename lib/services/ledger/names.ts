/** What the actors and subjects of entries are called now. The entries themselves keep ids, which never change. */
import { sql } from '@/lib/db';

const NAMED = `SELECT 'agent' AS kind, id, name FROM agents WHERE workspace_id = $1
  UNION ALL SELECT 'key', id, name FROM api_keys WHERE workspace_id = $1
  UNION ALL SELECT 'person', p.id, p.name FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.workspace_id = $1`;
const REF = /^(?:agent|key|person):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Names of agents, people and keys of the workspace by how the ledger writes them: `agent:<id>`. Unknown ones are left out. */
export async function namesOf(
  workspaceId: string,
  refs: readonly string[],
): Promise<Record<string, string>> {
  const ids = new Set(refs.flatMap((ref) => REF.exec(ref)?.[1] ?? []));
  if (ids.size === 0) return {};
  const rows = await sql<{ ref: string; name: string }>(
    `SELECT kind || ':' || id AS ref, name FROM (${NAMED}) named WHERE id = ANY($2::uuid[])`,
    [workspaceId, [...ids]],
  );
  return Object.fromEntries(rows.map(({ ref, name }) => [ref, name]));
}

/** Every agent, person and key of that name, in any case, as the ledger writes them. */
export async function refsNamed(workspaceId: string, name: string): Promise<string[]> {
  const rows = await sql<{ ref: string }>(
    `SELECT kind || ':' || id AS ref FROM (${NAMED}) named WHERE lower(name) = lower($2) ORDER BY ref`,
    [workspaceId, name],
  );
  return rows.map(({ ref }) => ref);
}
