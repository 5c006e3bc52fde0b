import { actorRef, requirePermission } from '@/lib/auth';
import {
  DomainError,
  MAX_DEFINITION_CHARACTERS,
  type DefinitionWarning,
  type ToolReport,
  type ToolReportAnswer,
} from '@/lib/contracts';
import { sql as query, withTransaction, type Sql } from '@/lib/db';
import type { LedgerNote } from '@/lib/decide';
import { canonicalText, NotCanonical, sha256Hex } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import { raiseEpoch } from '@/lib/services/epochs';
import { noteOf, record } from '@/lib/services/record';
import {
  definitionOf,
  IMPORT_COLUMNS,
  keyOf,
  selectImports,
  stateOf,
  type ImportRow,
} from './definition-rows';
import { warningsOf } from './warnings';

/**
 * New definitions of one tool within an hour. A server that says something new each time would fill the ledger and stop every
 * decision for its sake; what it says beyond is not kept, and its tool stays stopped.
 */
export const MOST_NEW_DEFINITIONS = 10;
const HOUR_MS = 3_600_000;

interface Seen {
  readonly tool: string;
  readonly digest: string;
  readonly definition: string;
  readonly warnings: readonly DefinitionWarning[];
}

/**
 * Takes down what an MCP server says of its tools. What is as before changes nothing; a definition nobody has confirmed waits for a
 * person, and one that differs from the confirmed one stops the tool with this transaction.
 *
 * @throws DomainError `forbidden`; 422 `foreign_tool_name`, `repeated_tool_name`, `definition_too_large`, `not_canonical`
 */
export async function reportTools(
  context: ServiceContext,
  { upstream, tools }: ToolReport,
): Promise<ToolReportAnswer> {
  const { actor } = context;
  requirePermission(actor, 'agents.speak');
  refuseNames(upstream, tools);
  const seen = tools.map(seenOf);
  const changes = await changesOf(query, context, seen);
  if (changes.length > 0) await write(context, upstream, seen);
  return answer(actor.workspaceId, seen, changes.length > 0);
}

/**
 * What a report changes. Of a tool that has changed too often only that it is not the confirmed one: it is taken back to a definition
 * of its own that nobody confirmed.
 */
async function changesOf(
  sql: Sql,
  { actor, now }: ServiceContext,
  seen: readonly Seen[],
): Promise<Seen[]> {
  const rows = await sql<{
    tool: string;
    kept: boolean;
    recent: number;
    stopped: boolean;
    other: string | null;
  }>(
    `SELECT said.tool, i.seen_digest IS DISTINCT FROM i.confirmed_digest AS stopped,
       EXISTS (SELECT FROM tool_definitions d WHERE d.workspace_id = $1 AND d.tool = said.tool AND d.digest = said.digest) AS kept,
       (SELECT count(*)::int FROM tool_definitions d WHERE d.workspace_id = $1 AND d.tool = said.tool AND d.seen_at > $4) AS recent,
       (SELECT d.digest FROM tool_definitions d WHERE d.workspace_id = $1 AND d.tool = said.tool
          AND d.digest <> i.confirmed_digest ORDER BY d.seen_at DESC LIMIT 1) AS other
     FROM unnest($2::text[], $3::text[]) AS said (tool, digest)
     LEFT JOIN tool_imports i ON i.workspace_id = $1 AND i.tool = said.tool
     WHERE i.seen_digest IS DISTINCT FROM said.digest`,
    [
      actor.workspaceId,
      seen.map(({ tool }) => tool),
      seen.map(({ digest }) => digest),
      new Date(now.getTime() - HOUR_MS),
    ],
  );
  const found = new Map(rows.map((row) => [row.tool, row]));
  return seen.flatMap((item) => {
    const row = found.get(item.tool);
    if (row === undefined) return [];
    if (row.kept || row.recent < MOST_NEW_DEFINITIONS) return [item];
    return row.stopped || row.other === null ? [] : [{ ...item, digest: row.other }];
  });
}

function refuseNames(upstream: string, tools: ToolReport['tools']): void {
  const foreign = tools.find(({ name }) => !name.startsWith(`${upstream}.`));
  if (foreign !== undefined)
    throw new DomainError(
      'unprocessable',
      'foreign_tool_name',
      `A tool of "${upstream}" has a name that begins with "${upstream}.", not "${foreign.name.slice(0, 64)}".`,
    );
  if (new Set(tools.map(({ name }) => name)).size === tools.length) return;
  throw new DomainError(
    'unprocessable',
    'repeated_tool_name',
    `"${upstream}" names a tool twice: nobody could tell which of them is called.`,
  );
}

function seenOf({ name, definition }: ToolReport['tools'][number]): Seen {
  const text = canonical(name, definition);
  if (text.length > MAX_DEFINITION_CHARACTERS)
    throw new DomainError(
      'unprocessable',
      'definition_too_large',
      `The definition of "${name}" is longer than ${MAX_DEFINITION_CHARACTERS} characters.`,
    );
  return {
    tool: name,
    digest: sha256Hex(text),
    definition: text,
    warnings: warningsOf(definition),
  };
}

function canonical(name: string, definition: unknown): string {
  try {
    return canonicalText(definition);
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    throw new DomainError('unprocessable', 'not_canonical', `"${name}": ${error.message}.`);
  }
}

async function write(
  context: ServiceContext,
  upstream: string,
  seen: readonly Seen[],
): Promise<void> {
  const { actor, now } = context;
  await withTransaction(async (sql) => {
    await raiseEpoch(sql, actor.workspaceId, 'catalogue_epoch');
    const rows = await sql<ImportRow>(
      `SELECT ${IMPORT_COLUMNS} FROM tool_imports WHERE workspace_id = $1 AND tool = ANY($2) FOR UPDATE`,
      [actor.workspaceId, seen.map(({ tool }) => tool)],
    );
    const known = new Map(rows.map((row) => [row.tool, row]));
    const news = await changesOf(sql, context, seen);
    if (news.length === 0) return;
    await sql(
      `INSERT INTO tool_imports (workspace_id, tool, upstream, seen_digest, seen_at)
       SELECT $1, tool, $2, digest, $5 FROM unnest($3::text[], $4::text[]) AS seen (tool, digest)
       ON CONFLICT (workspace_id, tool) DO UPDATE SET seen_digest = excluded.seen_digest, seen_at = excluded.seen_at`,
      [
        actor.workspaceId,
        upstream,
        news.map(({ tool }) => tool),
        news.map(({ digest }) => digest),
        now,
      ],
    );
    await insertDefinitions(
      sql,
      context,
      news.filter((item) => seen.includes(item)),
    );
    const notes = news.map((item) => noteFor(context, item, known.get(item.tool)));
    const announcements = news.map(({ tool }) => ({
      type: 'tool.changed' as const,
      subjectId: tool,
    }));
    await record(sql, context, notes, announcements);
  });
}

function insertDefinitions(
  sql: Sql,
  { actor, now }: ServiceContext,
  news: readonly Seen[],
): Promise<unknown> {
  return sql(
    `INSERT INTO tool_definitions (workspace_id, tool, digest, definition, warnings, seen_at, seen_by)
     SELECT $1, tool, digest, definition, warnings::jsonb, $6, $7
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS seen (tool, digest, definition, warnings)
     ON CONFLICT DO NOTHING`,
    [
      actor.workspaceId,
      news.map(({ tool }) => tool),
      news.map(({ digest }) => digest),
      news.map(({ definition }) => definition),
      news.map(({ warnings }) => JSON.stringify(warnings)),
      now,
      actorRef(actor),
    ],
  );
}

/** The digests say which definition it was; its words stay in their table, where they are shown as untrusted. */
function noteFor(context: ServiceContext, item: Seen, before: ImportRow | undefined): LedgerNote {
  const body = { digest: item.digest, warnings: item.warnings.map(({ kind }) => kind) };
  const subject = `tool:${item.tool}`;
  const confirmed = before?.confirmedDigest ?? null;
  if (confirmed === null) return noteOf(context, 'tool.seen', subject, body);
  const kind = confirmed === item.digest ? 'tool.restored' : 'tool.changed';
  return noteOf(context, kind, subject, { ...body, confirmed });
}

async function answer(
  workspaceId: string,
  said: readonly Seen[],
  news: boolean,
): Promise<ToolReportAnswer> {
  const digests = new Map(said.map(({ tool, digest }) => [tool, digest]));
  const { imports, definitions } = await selectImports(query, workspaceId, [...digests.keys()]);
  return {
    news,
    tools: imports.map((row) => {
      const confirmed = definitions.get(keyOf(row.tool, row.confirmedDigest ?? ''));
      const seen = definitions.get(keyOf(row.tool, row.seenDigest));
      return {
        name: row.tool,
        state: stateOf(row),
        digest: row.seenDigest,
        confirmed: confirmed === undefined ? null : definitionOf(confirmed),
        // What was not kept was not looked through for anybody either.
        flagged: digests.get(row.tool) !== row.seenDigest || (seen?.warnings.length ?? 0) > 0,
      };
    }),
  };
}
