import {
  toolDefinitionSchema,
  type DefinitionState,
  type DefinitionWarning,
  type SeenDefinition,
  type ToolImport,
} from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';

export interface ImportRow {
  readonly tool: string;
  readonly upstream: string;
  readonly seenDigest: string;
  readonly confirmedDigest: string | null;
}

export interface DefinitionRow {
  readonly tool: string;
  readonly digest: string;
  readonly definition: string;
  readonly warnings: DefinitionWarning[];
  readonly seenAt: Date;
  readonly confirmedByName: string | null;
  readonly confirmedAt: Date | null;
}

export const IMPORT_COLUMNS = `tool, upstream, seen_digest AS "seenDigest", confirmed_digest AS "confirmedDigest"`;

/** What is seen now and what is confirmed, of the tools named; of all without names. */
export async function selectImports(
  sql: Sql,
  workspaceId: string,
  tools: readonly string[] | null,
): Promise<{ imports: ImportRow[]; definitions: Map<string, DefinitionRow> }> {
  const imports = await sql<ImportRow>(
    `SELECT ${IMPORT_COLUMNS} FROM tool_imports WHERE workspace_id = $1 AND ($2::text[] IS NULL OR tool = ANY($2)) ORDER BY tool`,
    [workspaceId, tools],
  );
  const rows = await sql<DefinitionRow>(
    `SELECT d.tool, d.digest, d.definition, d.warnings, d.seen_at AS "seenAt", d.confirmed_by_name AS "confirmedByName",
       d.confirmed_at AS "confirmedAt"
     FROM tool_imports i JOIN tool_definitions d ON d.workspace_id = i.workspace_id AND d.tool = i.tool
       AND d.digest IN (i.seen_digest, i.confirmed_digest)
     WHERE i.workspace_id = $1 AND ($2::text[] IS NULL OR i.tool = ANY($2))`,
    [workspaceId, tools],
  );
  return { imports, definitions: new Map(rows.map((row) => [keyOf(row.tool, row.digest), row])) };
}

export const keyOf = (tool: string, digest: string): string => `${digest} ${tool}`;

export function stateOf({ seenDigest, confirmedDigest }: ImportRow): DefinitionState {
  if (confirmedDigest === null) return 'new';
  return confirmedDigest === seenDigest ? 'confirmed' : 'changed';
}

export function definitionOf(row: DefinitionRow) {
  return toolDefinitionSchema.parse(JSON.parse(row.definition));
}

function serializeSeen(row: DefinitionRow): SeenDefinition {
  return {
    digest: row.digest,
    definition: definitionOf(row),
    warnings: row.warnings,
    seenAt: iso(row.seenAt),
    confirmedBy: row.confirmedByName,
    confirmedAt: row.confirmedAt === null ? null : iso(row.confirmedAt),
  };
}

/** @throws Error when a definition that a row names is not there, which a foreign key forbids */
export function serializeImport(
  row: ImportRow,
  definitions: ReadonlyMap<string, DefinitionRow>,
): ToolImport {
  const seen = definitions.get(keyOf(row.tool, row.seenDigest));
  if (seen === undefined) throw new Error(`the definition of ${row.tool} is not there`);
  const confirmed =
    row.confirmedDigest === null
      ? undefined
      : definitions.get(keyOf(row.tool, row.confirmedDigest));
  return {
    name: row.tool,
    upstream: row.upstream,
    state: stateOf(row),
    seen: serializeSeen(seen),
    confirmed: confirmed === undefined ? null : serializeSeen(confirmed),
  };
}
