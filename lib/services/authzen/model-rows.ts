import type { AccessModelInput } from '@/lib/contracts';
import type { Sql } from '@/lib/db';

export interface ModelRow {
  readonly version: number;
  readonly policies: string;
  readonly schema: string;
  readonly entities: AccessModelInput['entities'];
}

/** The model that goes with a version of the base policy: the newest up to it. */
export async function readModel(
  sql: Sql,
  workspaceId: string,
  basePolicyVersion: number,
): Promise<ModelRow | undefined> {
  const [row] = await sql<ModelRow>(
    `SELECT version, policies, schema_text AS schema, entities FROM access_models
     WHERE workspace_id = $1 AND version <= $2 ORDER BY version DESC LIMIT 1`,
    [workspaceId, basePolicyVersion],
  );
  return row;
}
