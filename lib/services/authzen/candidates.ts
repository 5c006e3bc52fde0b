/** What searches go through: agents and tools of the workspace, and what its access model knows. */
import type { SqlValue } from '@/lib/db';
import { sql } from '@/lib/db';
import type { CompiledAccess } from '@/lib/policy/access';

type Candidates = (after: string | undefined, count: number) => Promise<readonly string[]>;

/** The agents of a workspace by id, without those that were revoked; one of them alone where a caller sees no other. */
export function agentsOf(workspaceId: string, only: string | undefined): Candidates {
  return keysFrom(
    `SELECT id::text AS key FROM agents
     WHERE workspace_id = $1 AND status <> 'revoked' AND ($2::uuid IS NULL OR id > $2) AND ($4::uuid IS NULL OR id = $4)
     ORDER BY id LIMIT $3`,
    workspaceId,
    [only ?? null],
  );
}

/** The tools of the catalogue by name. */
export function toolsOf(workspaceId: string): Candidates {
  return keysFrom(
    `SELECT name AS key FROM tools WHERE workspace_id = $1 AND ($2::text IS NULL OR name COLLATE "C" > $2)
     ORDER BY name COLLATE "C" LIMIT $3`,
    workspaceId,
    [],
  );
}

/** The entities of a type that the model knows, by id. */
export const entitiesOf = (model: CompiledAccess | undefined, type: string): Candidates =>
  listed(model?.byType.get(type) ?? []);

/**
 * Whether the pact of an agent names any resources. One that names none is not held to any either, but says nothing of which the
 * agent has business with: it is not told which there are.
 */
export async function pactNamesResources(workspaceId: string, agentId: string): Promise<boolean> {
  const [row] = await sql<{ names: boolean }>(
    `SELECT jsonb_array_length(coalesce(p.body->'resources', '[]')) > 0 AS names FROM agents a
     JOIN pacts p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id AND p.version = a.pact_version
     WHERE a.workspace_id = $1 AND a.id = $2`,
    [workspaceId, agentId],
  );
  return row?.names === true;
}

/** The actions that the model knows, by name. */
export const actionsOf = (model: CompiledAccess | undefined): Candidates =>
  listed(model?.actions ?? []);

function keysFrom(text: string, workspaceId: string, more: SqlValue[]): Candidates {
  return async (after, count) => {
    const rows = await sql<{ key: string }>(text, [workspaceId, after ?? null, count, ...more]);
    return rows.map(({ key }) => key);
  };
}

function listed(sorted: readonly string[]): Candidates {
  return (after, count) => {
    const from = after === undefined ? 0 : sorted.findIndex((key) => key > after);
    return Promise.resolve(from === -1 ? [] : sorted.slice(from, from + count));
  };
}
