/** Secrets of the MCP servers behind gateways: set and removed by people, opened by gateways, shown to nobody. */
import { actorRef, requirePermission } from '@/lib/auth';
import {
  DomainError,
  notFound,
  type Secret,
  type SecretInput,
  type SecretOpening,
} from '@/lib/contracts';
import { sql as query, withTransaction, type Sql } from '@/lib/db';
import { seal, unseal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';

/** Most secrets of a workspace. */
const MOST_SECRETS = 200;
/** A permit is live for a call that begins this soon after it was spent, in milliseconds. */
const LIVE_MS = 30_000;

interface SecretRow {
  readonly name: string;
  readonly setBy: string;
  readonly setAt: Date;
  readonly lastOpenedAt: Date | null;
}

const COLUMNS = `name, set_by_name AS "setBy", set_at AS "setAt", last_opened_at AS "lastOpenedAt"`;

const serialize = (row: SecretRow): Secret => ({
  name: row.name,
  setBy: row.setBy,
  setAt: iso(row.setAt),
  lastOpenedAt: row.lastOpenedAt === null ? null : iso(row.lastOpenedAt),
});

/** A sealed secret opens for its own name in its own workspace, and nowhere else. */
const about = (workspaceId: string, name: string) => `gateway-secret:${workspaceId}:${name}`;

/** Names, who set them and when; never what they hold. @throws DomainError `forbidden` */
export async function listSecrets({ actor }: ServiceContext): Promise<{ items: Secret[] }> {
  requirePermission(actor, 'secrets.manage');
  const rows = await query<SecretRow>(
    `SELECT ${COLUMNS} FROM gateway_secrets WHERE workspace_id = $1 ORDER BY name`,
    [actor.workspaceId],
  );
  return { items: rows.map(serialize) };
}

/** Sets a secret, or replaces what it holds. Counts from the next call. @throws DomainError `forbidden`, `too_many_secrets` */
export async function putSecret(context: ServiceContext, input: SecretInput): Promise<Secret> {
  const { actor, now } = context;
  requirePermission(actor, 'secrets.manage');
  return withTransaction(async (sql) => {
    await refuseTooMany(sql, actor.workspaceId, input.name);
    const [row] = await sql<SecretRow & { fresh: boolean }>(
      `INSERT INTO gateway_secrets (workspace_id, name, sealed, set_by, set_by_name, set_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (workspace_id, name) DO UPDATE SET sealed = excluded.sealed, set_by = excluded.set_by,
         set_by_name = excluded.set_by_name, set_at = excluded.set_at
       RETURNING ${COLUMNS}, (xmax = 0) AS fresh`,
      [
        actor.workspaceId,
        input.name,
        seal('gateway-secret', input.value, about(actor.workspaceId, input.name)),
        actorRef(actor),
        actor.name,
        now,
      ],
    );
    if (row === undefined) throw new Error('an upsert returned no row');
    await note(sql, context, row.fresh ? 'secret.added' : 'secret.replaced', input.name);
    return serialize(row);
  });
}

/** @throws DomainError `forbidden`, `not_found` */
export async function removeSecret(context: ServiceContext, name: string): Promise<void> {
  const { actor } = context;
  requirePermission(actor, 'secrets.manage');
  await withTransaction(async (sql) => {
    const gone = await sql(
      'DELETE FROM gateway_secrets WHERE workspace_id = $1 AND name = $2 RETURNING name',
      [actor.workspaceId, name],
    );
    if (gone.length === 0) throw notFound('secret');
    await note(sql, context, 'secret.removed', name);
  });
}

/**
 * What secrets hold, for a gateway: for one call whose permit was just spent, or for a server it starts. The ledger says who opened
 * which, and for what.
 *
 * @throws DomainError `forbidden`; 409 `no_live_permit`; 422 `unknown_secret` naming those that are not there
 */
export async function openSecrets(
  context: ServiceContext,
  { names, for: purpose }: SecretOpening,
): Promise<{ values: Record<string, string> }> {
  const { actor, now } = context;
  requirePermission(actor, 'secrets.open');
  const wanted = [...new Set(names)].toSorted();
  return withTransaction(async (sql) => {
    if ('decision' in purpose) await requireLivePermit(sql, context, purpose.decision);
    const rows = await sql<{ name: string; sealed: Buffer }>(
      `UPDATE gateway_secrets SET last_opened_at = $3 WHERE workspace_id = $1 AND name = ANY($2) RETURNING name, sealed`,
      [actor.workspaceId, wanted, now],
    );
    const found = new Map(rows.map((row) => [row.name, row.sealed]));
    const missing = wanted.filter((name) => !found.has(name));
    if (missing.length > 0)
      throw new DomainError(
        'unprocessable',
        'unknown_secret',
        `There is no secret named ${missing.join(', ')} in this workspace. An admin adds it in Settings.`,
      );
    const values = [...found].map(
      ([name, sealed]) =>
        [name, unseal('gateway-secret', sealed, about(actor.workspaceId, name))] as const,
    );
    const subject =
      'decision' in purpose ? `decision:${purpose.decision}` : `upstream:${purpose.upstream}`;
    const opened = noteOf(context, 'secret.opened', subject, { names: wanted });
    await record(sql, context, [opened], []);
    return { values: Object.fromEntries(values) };
  });
}

/** The permit of the decision was spent just now, and nothing has been heard of the call yet. */
async function requireLivePermit(
  sql: Sql,
  { actor, now }: ServiceContext,
  decisionId: string,
): Promise<void> {
  const [live] = await sql(
    `SELECT 1 FROM permits p JOIN decisions d ON d.workspace_id = p.workspace_id AND d.id = p.decision_id
     WHERE p.workspace_id = $1 AND p.decision_id = $2 AND p.redeemed_at > $3 AND d.execution_status IS NULL`,
    [actor.workspaceId, decisionId, new Date(now.getTime() - LIVE_MS)],
  );
  if (live !== undefined) return;
  throw new DomainError(
    'conflict',
    'no_live_permit',
    'Secrets are opened for a call whose permit was just redeemed. There is none for this decision.',
  );
}

async function refuseTooMany(sql: Sql, workspaceId: string, name: string): Promise<void> {
  const [row] = await sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM gateway_secrets WHERE workspace_id = $1 AND name <> $2',
    [workspaceId, name],
  );
  if ((row?.count ?? 0) < MOST_SECRETS) return;
  throw new DomainError(
    'unprocessable',
    'too_many_secrets',
    `A workspace has at most ${MOST_SECRETS} secrets. Remove one that is not used.`,
  );
}

function note(sql: Sql, context: ServiceContext, kind: string, name: string): Promise<void> {
  return record(
    sql,
    context,
    [noteOf(context, kind, `secret:${name}`, { name })],
    [{ type: 'workspace.changed', subjectId: name }],
  );
}
