/** The sources of evidence that a workspace limits, weighs or knows a secret of. */
import { actorRef, requirePermission } from '@/lib/auth';
import {
  DomainError,
  notFound,
  type EvidenceProtocol,
  type EvidenceSource,
  type EvidenceSourceChange,
  type EvidenceSourceInput,
} from '@/lib/contracts';
import { newId, sql as query, withTransaction, type Sql } from '@/lib/db';
import { seal, unseal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso, isoOrNull } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';

/** Most sources of a workspace. */
const MOST_SOURCES = 200;
/** How long the secret before counts as well. */
const OVERLAP_MS = 24 * 3_600_000;

interface SourceRow {
  readonly id: string;
  readonly protocol: EvidenceProtocol;
  readonly name: string;
  readonly weight: number;
  readonly dailyCap: number;
  readonly takenToday: number | null;
  readonly refusedToday: number | null;
  readonly lastTakenAt: Date | null;
  readonly pausedAt: Date | null;
  readonly previousSecretUntil: Date | null;
  readonly hasSecret: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
}

const about = (workspaceId: string, id: string) => `evidence-source:${workspaceId}:${id}`;

async function select(sql: Sql, workspaceId: string, now: Date): Promise<EvidenceSource[]> {
  const rows = await sql<SourceRow>(
    `SELECT s.id, s.protocol, s.name, s.weight, s.daily_cap AS "dailyCap", d.taken AS "takenToday", d.refused AS "refusedToday",
       (SELECT max(e.last_at) FROM evidence_days e WHERE e.workspace_id = s.workspace_id AND e.source_id = s.id) AS "lastTakenAt",
       s.paused_at AS "pausedAt", s.sealed_secret IS NOT NULL AS "hasSecret",
       CASE WHEN s.previous_until > $2 THEN s.previous_until END AS "previousSecretUntil",
       s.created_by_name AS "createdBy", s.created_at AS "createdAt"
     FROM evidence_sources s LEFT JOIN evidence_days d
       ON d.workspace_id = s.workspace_id AND d.source_id = s.id AND d.day = ($2::timestamptz AT TIME ZONE 'UTC')::date
     WHERE s.workspace_id = $1 ORDER BY s.protocol, s.name`,
    [workspaceId, now],
  );
  return rows.map((row) => ({
    ...row,
    takenToday: row.takenToday ?? 0,
    refusedToday: row.refusedToday ?? 0,
    lastTakenAt: isoOrNull(row.lastTakenAt),
    pausedAt: isoOrNull(row.pausedAt),
    previousSecretUntil: isoOrNull(row.previousSecretUntil),
    createdAt: iso(row.createdAt),
  }));
}

/** @throws DomainError `forbidden` */
export async function listEvidenceSources({
  actor,
  now,
}: ServiceContext): Promise<{ items: EvidenceSource[] }> {
  requirePermission(actor, 'workspace.read');
  return { items: await select(query, actor.workspaceId, now) };
}

/** Counts from the next delivery. @throws DomainError `forbidden`, `source_exists`, `too_many_sources` */
export async function addEvidenceSource(
  context: ServiceContext,
  input: EvidenceSourceInput,
): Promise<EvidenceSource> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const { workspaceId } = actor;
  return withTransaction(async (sql) => {
    const known = await select(sql, workspaceId, now);
    if (known.length >= MOST_SOURCES)
      throw conflict('too_many_sources', `A workspace has at most ${MOST_SOURCES} sources.`);
    const id = newId();
    const { protocol, name, weight, dailyCap, secret } = input;
    const added = await sql(
      `INSERT INTO evidence_sources (workspace_id, id, protocol, name, weight, daily_cap, sealed_secret, created_by,
         created_by_name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (workspace_id, protocol, name) DO NOTHING RETURNING 1`,
      [
        workspaceId,
        id,
        protocol,
        name,
        weight,
        dailyCap,
        secret === undefined ? null : seal('evidence-source', secret, about(workspaceId, id)),
        actorRef(actor),
        actor.name,
        now,
      ],
    );
    if (added.length === 0)
      throw conflict('source_exists', 'There is a source of this name and protocol already.');
    await note(sql, context, 'evidence_source.added', id, { protocol, name, weight, dailyCap });
    return requireSource(sql, context, id);
  });
}

async function requireSource(
  sql: Sql,
  { actor, now }: ServiceContext,
  id: string,
): Promise<EvidenceSource> {
  const found = (await select(sql, actor.workspaceId, now)).find((source) => source.id === id);
  if (found === undefined) throw notFound('source');
  return found;
}

/** Counts from the next delivery; what is left out stays. @throws DomainError `forbidden`, `not_found` */
export async function changeEvidenceSource(
  context: ServiceContext,
  given: string,
  change: EvidenceSourceChange,
): Promise<EvidenceSource> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const id = requireId(given, 'source');
  return withTransaction(async (sql) => {
    const { weight, dailyCap, paused } = change;
    await sql(
      `UPDATE evidence_sources SET weight = coalesce($3, weight), daily_cap = coalesce($4, daily_cap),
         paused_at = CASE WHEN $5::boolean IS NULL THEN paused_at WHEN $5 THEN coalesce(paused_at, $6::timestamptz) END
       WHERE workspace_id = $1 AND id = $2`,
      [actor.workspaceId, id, weight ?? null, dailyCap ?? null, paused ?? null, now],
    );
    const source = await requireSource(sql, context, id);
    await note(sql, context, 'evidence_source.changed', id, { name: source.name, ...change });
    return source;
  });
}

/** Another secret; the one before counts for a while. @throws DomainError `forbidden`, `not_found`, 422 `no_secret` */
export async function rotateEvidenceSource(
  context: ServiceContext,
  given: string,
  secret: string,
): Promise<EvidenceSource> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const { workspaceId } = actor;
  const id = requireId(given, 'source');
  return withTransaction(async (sql) => {
    const { hasSecret, name } = await requireSource(sql, context, id);
    if (!hasSecret)
      throw new DomainError(
        'unprocessable',
        'no_secret',
        'Deliveries of this source are not signed: whoever sends them has a key.',
      );
    await sql(
      `UPDATE evidence_sources SET sealed_previous = sealed_secret, previous_until = $3, sealed_secret = $4
       WHERE workspace_id = $1 AND id = $2`,
      [
        workspaceId,
        id,
        new Date(now.getTime() + OVERLAP_MS),
        seal('evidence-source', secret, about(workspaceId, id)),
      ],
    );
    await note(sql, context, 'evidence_source.rotated', id, { name });
    return requireSource(sql, context, id);
  });
}

/** What it gave stays; from now on it is not limited, and its secret opens nothing. @throws DomainError `forbidden`, `not_found` */
export async function removeEvidenceSource(context: ServiceContext, given: string): Promise<void> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  const id = requireId(given, 'source');
  await withTransaction(async (sql) => {
    const [gone] = await sql<{ protocol: string; name: string }>(
      'DELETE FROM evidence_sources WHERE workspace_id = $1 AND id = $2 RETURNING protocol, name',
      [actor.workspaceId, id],
    );
    if (gone === undefined) throw notFound('source');
    await note(sql, context, 'evidence_source.removed', id, { ...gone });
  });
}

/** A source that signs its deliveries, by its id. */
export interface SigningSource {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  /** The one in force, and the one before it for a while. */
  readonly secrets: readonly string[];
}

/** @param now milliseconds since the epoch */
export async function signingSource(
  given: string,
  now: number,
): Promise<SigningSource | undefined> {
  const [row] = await query<{
    id: string;
    workspace_id: string;
    name: string;
    sealed: Buffer;
    previous: Buffer | null;
  }>(
    `SELECT id, workspace_id, name, sealed_secret AS sealed, CASE WHEN previous_until > $2 THEN sealed_previous END AS previous
     FROM evidence_sources WHERE id = $1 AND sealed_secret IS NOT NULL`,
    [requireId(given, 'source'), new Date(now)],
  );
  if (row === undefined) return undefined;
  const { id, workspace_id: workspaceId, name, sealed, previous } = row;
  const secrets = [sealed, ...(previous === null ? [] : [previous])].map((one) =>
    unseal('evidence-source', one, about(workspaceId, id)),
  );
  return { workspaceId, id, name, secrets };
}

const conflict = (code: string, message: string) => new DomainError('conflict', code, message);

function note(
  sql: Sql,
  context: ServiceContext,
  kind: string,
  id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  return record(
    sql,
    context,
    [noteOf(context, kind, `evidence-source:${id}`, body)],
    [{ type: 'workspace.changed', subjectId: context.actor.workspaceId }],
  );
}
