import type { z } from 'zod';
import {
  actorRef,
  hasPermission,
  newApiKey,
  personBehind,
  requirePermission,
  requireRecentSignIn,
  type NewApiKey,
} from '@/lib/auth';
import {
  DomainError,
  notFound,
  type apiKeyCreatedSchema,
  type apiKeyInputSchema,
  type KeyRole,
} from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { API_KEY_COLUMNS, API_KEY_TABLES, serializeApiKey, type ApiKeyRow } from './serialize';

/**
 * Makes an API key. The key is in this answer and nowhere else. One that may decide approvals outlasts the login it was made with, so
 * a person makes it soon after signing in.
 *
 * @throws DomainError `forbidden`, `recent_sign_in_needed`, `expires_past`
 */
export async function createApiKey(
  context: ServiceContext,
  input: z.infer<typeof apiKeyInputSchema>,
): Promise<z.infer<typeof apiKeyCreatedSchema>> {
  const { actor, now } = context;
  requirePermission(actor, 'keys.manage');
  if (actor.kind === 'person' && hasPermission(input.role, 'approvals.decide'))
    requireRecentSignIn(actor, now, 'Keys that may decide approvals are made');
  const expiresAt = expiryOf(input.expiresAt, now);
  const made = newApiKey();
  const row = await withTransaction(async (sql) => {
    const stored = await insertKey(sql, made, {
      workspaceId: actor.workspaceId,
      name: input.name,
      role: input.role,
      createdBy: actorRef(actor),
      authorPersonId: personBehind(actor)?.personId ?? null,
      expiresAt,
      now,
    });
    const body = { name: input.name, role: input.role, prefix: made.prefix };
    await record(
      sql,
      context,
      [noteOf(context, 'key.created', `key:${stored.id}`, body)],
      [{ type: 'workspace.changed', subjectId: stored.id }],
    );
    return stored;
  });
  return { ...serializeApiKey(row), key: made.key };
}

function expiryOf(expiresAt: string | undefined, now: Date): Date | null {
  if (expiresAt === undefined) return null;
  const end = new Date(expiresAt);
  if (end > now) return end;
  throw new DomainError('unprocessable', 'expires_past', 'The key would have expired already.');
}

/**
 * Makes an API key from the command line; whoever can run it has the database in hand.
 *
 * @returns the key
 * @throws DomainError `not_found` for an unknown workspace, `expires_past`
 */
export async function createApiKeyByCommand(
  input: z.infer<typeof apiKeyInputSchema> & { workspaceSlug: string },
  now: Date,
): Promise<string> {
  const made = newApiKey();
  await withTransaction(async (sql) => {
    const [workspace] = await sql<{ id: string }>('SELECT id FROM workspaces WHERE slug = $1', [
      input.workspaceSlug,
    ]);
    if (workspace === undefined) throw notFound('workspace');
    const { name, role } = input;
    const values = {
      workspaceId: workspace.id,
      name,
      role,
      createdBy: 'cli',
      authorPersonId: null,
      expiresAt: expiryOf(input.expiresAt, now),
      now,
    };
    const { id } = await insertKey(sql, made, values);
    const body = { name, role, prefix: made.prefix };
    const note = { kind: 'key.created', actor: 'cli', subject: `key:${id}`, body };
    await appendLedger(
      sql,
      workspace.id,
      [note],
      [{ type: 'workspace.changed', subjectId: id }],
      now.getTime(),
    );
  });
  return made.key;
}

async function insertKey(
  sql: Sql,
  made: NewApiKey,
  input: {
    workspaceId: string;
    name: string;
    role: KeyRole;
    createdBy: string;
    authorPersonId: string | null;
    expiresAt: Date | null;
    now: Date;
  },
): Promise<ApiKeyRow> {
  const id = newId();
  await sql(
    `INSERT INTO api_keys (workspace_id, id, name, role, prefix, key_hash, created_by, author_person_id,
       created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      input.workspaceId,
      id,
      input.name,
      input.role,
      made.prefix,
      made.hash,
      input.createdBy,
      input.authorPersonId,
      input.now,
      input.expiresAt,
    ],
  );
  const [row] = await sql<ApiKeyRow>(
    `SELECT ${API_KEY_COLUMNS} FROM ${API_KEY_TABLES} WHERE k.workspace_id = $1 AND k.id = $2`,
    [input.workspaceId, id],
  );
  if (row === undefined) throw new Error('a key just written is not there');
  return row;
}
