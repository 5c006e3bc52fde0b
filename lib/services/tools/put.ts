import { actorRef, requirePermission } from '@/lib/auth';
import type { Tool, ToolInput } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { raiseEpoch } from '@/lib/services/epochs';
import { noteOf, record } from '@/lib/services/record';
import { serializeTool, type ToolRow } from './serialize';

/** Adds a tool to the catalogue, or replaces the entry of that name. Counts from the next decision. @throws DomainError `forbidden` */
export async function putTool(context: ServiceContext, input: ToolInput): Promise<Tool> {
  const { actor } = context;
  requirePermission(actor, 'tools.edit');
  return withTransaction(async (sql) => {
    await raiseEpoch(sql, actor.workspaceId, 'catalogue_epoch');
    const row = await writeTool(sql, context, input);
    await record(
      sql,
      context,
      [noteOf(context, 'tool.put', `tool:${input.name}`, input)],
      [{ type: 'tool.changed', subjectId: input.name }],
    );
    return serializeTool(row);
  });
}

/** The entry of the catalogue, in the caller's transaction, which has raised the epoch. */
export async function writeTool(
  sql: Sql,
  { actor, now }: Pick<ServiceContext, 'actor' | 'now'>,
  input: ToolInput,
): Promise<ToolRow> {
  const [row] = await sql<ToolRow>(
    `INSERT INTO tools (workspace_id, name, description, side_effect, reversible, egress, data_class, untrusted_output, risk, tags,
       updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[], $11, $12)
     ON CONFLICT (workspace_id, name) DO UPDATE SET description = excluded.description, side_effect = excluded.side_effect,
       reversible = excluded.reversible, egress = excluded.egress, data_class = excluded.data_class,
       untrusted_output = excluded.untrusted_output, risk = excluded.risk, tags = excluded.tags,
       updated_by = excluded.updated_by, updated_at = excluded.updated_at
     RETURNING name, description, side_effect AS "sideEffect", reversible, egress, data_class AS "dataClass",
       untrusted_output AS "untrustedOutput", risk, tags, updated_by AS "updatedBy", updated_at AS "updatedAt"`,
    [
      actor.workspaceId,
      input.name,
      input.description ?? null,
      input.sideEffect,
      input.reversible,
      input.egress,
      input.dataClass,
      input.untrustedOutput,
      input.risk,
      input.tags,
      actorRef(actor),
      now,
    ],
  );
  if (row === undefined) throw new Error('an upsert returned no row');
  return row;
}
