/** The sources of evidence that a workspace limits, weighs or knows a secret of. */
import { actorRef, requirePermission } from '@/lib/auth';
import {
  DomainError,
  notFound,
  type EvidenceProtocol,
  type EvidenceSource,
  type EvidenceSourceInput,
} from '@/lib/contracts';
import { newId, sql as query, withTransaction, type Sql } from '@/lib/db';
import { seal, unseal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';

/** Most sources of a workspace. */
const MOST_SOURCES = 200;

interface SourceRow {
  readonly id: string;
  readonly protocol: EvidenceProtocol;
  readonly name: string;
  readonly weight: number;
  readonly dailyCap: number;
  readonly takenToday: number | null;
  readonly hasSecret: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
}

const about = (workspaceId: string, id: string) => `evidence-source:${workspaceId}:${id}`;

async function select(sql: Sql, workspaceId: string, now: Date): Promise<EvidenceSource[]> {
  const rows = await sql<SourceRow>(
    `SELECT s.id, s.protocol, s.name, s.weight, s.daily_cap AS "dailyCap", d.taken AS "takenToday",
       s.sealed_secret IS NOT NULL AS "hasSecret", s.created_by_name AS "createdBy", s.created_at AS "createdAt"
     FROM evidence_sources s LEFT JOIN evidence_days d
       ON d.workspace_id = s.workspace_id AND d.source_id = s.id AND d.day = ($2::timestamptz AT TIME ZONE 'UTC')::date
     WHERE s.workspace_id = $1 ORDER BY s.protocol, s.name`,
    [workspaceId, now],
  );
  return rows.map((row) => ({
    ...row,
    takenToday: row.takenToday ?? 0,
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
    const source = (await select(sql, workspaceId, now)).find((one) => one.id === id);
    if (source === undefined) throw new Error('a source that was added is not there');
    return source;
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
  readonly secret: string;
}

export async function signingSource(given: string): Promise<SigningSource | undefined> {
  const [row] = await query<{ id: string; workspace_id: string; name: string; sealed: Buffer }>(
    `SELECT id, workspace_id, name, sealed_secret AS sealed FROM evidence_sources
     WHERE id = $1 AND sealed_secret IS NOT NULL`,
    [requireId(given, 'source')],
  );
  if (row === undefined) return undefined;
  const { id, workspace_id: workspaceId, name } = row;
  const secret = unseal('evidence-source', row.sealed, about(workspaceId, id));
  return { workspaceId, id, name, secret };
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
