import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type ToolConfirmation, type ToolImport } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { raiseEpoch } from '@/lib/services/epochs';
import { noteOf, record } from '@/lib/services/record';
import { writeTool } from '@/lib/services/tools/put';
import { IMPORT_COLUMNS, selectImports, serializeImport, type ImportRow } from './definition-rows';

/**
 * A person has read exactly this definition and says what the tool can do: from now on its calls are decided on that, and agents are
 * shown this definition.
 *
 * @throws DomainError `forbidden`, `not_found`; 409 `definition_changed` when the server says something else by now
 */
export async function confirmTool(
  context: ServiceContext,
  { digest, ...facts }: ToolConfirmation,
): Promise<ToolImport> {
  const { actor, now } = context;
  requirePermission(actor, 'tools.edit');
  return withTransaction(async (sql) => {
    await raiseEpoch(sql, actor.workspaceId, 'catalogue_epoch');
    const [row] = await sql<ImportRow>(
      `SELECT ${IMPORT_COLUMNS} FROM tool_imports WHERE workspace_id = $1 AND tool = $2 FOR UPDATE`,
      [actor.workspaceId, facts.name],
    );
    if (row === undefined) throw notFound('tool');
    if (row.seenDigest !== digest)
      throw new DomainError(
        'conflict',
        'definition_changed',
        'The server describes this tool otherwise by now. Look at the change first.',
      );
    await sql(
      `UPDATE tool_definitions SET confirmed_by = $4, confirmed_by_name = $5, confirmed_at = $6
       WHERE workspace_id = $1 AND tool = $2 AND digest = $3`,
      [actor.workspaceId, facts.name, digest, actorRef(actor), actor.name, now],
    );
    await sql(
      'UPDATE tool_imports SET confirmed_digest = $3 WHERE workspace_id = $1 AND tool = $2',
      [actor.workspaceId, facts.name, digest],
    );
    await writeTool(sql, context, facts);
    const body = { ...facts, digest, before: row.confirmedDigest };
    await record(
      sql,
      context,
      [noteOf(context, 'tool.confirmed', `tool:${facts.name}`, body)],
      [{ type: 'tool.changed', subjectId: facts.name }],
    );
    const { imports, definitions } = await selectImports(sql, actor.workspaceId, [facts.name]);
    const [after] = imports;
    if (after === undefined) throw new Error('a tool just confirmed is not there');
    return serializeImport(after, definitions);
  });
}
