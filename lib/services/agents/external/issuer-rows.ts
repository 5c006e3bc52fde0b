import type { IdentityIssuer, IssuerKeys, IssuerKeySet } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { iso, isoOrNull } from '@/lib/services/instants';
import { keysSeenAt } from './issuer-keys';

interface IssuerRow {
  readonly id: string;
  readonly kind: IdentityIssuer['kind'];
  readonly name: string;
  readonly issuer: string;
  readonly jwksUrl: string | null;
  readonly jwks: IssuerKeySet | null;
  readonly algorithms: string[];
  readonly createdBy: string;
  readonly createdAt: Date;
}

interface SubjectRow {
  readonly id: string;
  readonly issuerId: string;
  readonly subject: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The issuers of a workspace with their subjects, by name. */
export async function selectIssuers(sql: Sql, workspaceId: string): Promise<IdentityIssuer[]> {
  const [issuers, subjects] = await Promise.all([
    sql<IssuerRow>(
      `SELECT id, kind, name, issuer, jwks_url AS "jwksUrl", jwks, algorithms, created_by_name AS "createdBy",
         created_at AS "createdAt" FROM identity_issuers WHERE workspace_id = $1 ORDER BY lower(name), id`,
      [workspaceId],
    ),
    sql<SubjectRow>(
      `SELECT s.id, s.issuer_id AS "issuerId", s.subject, s.agent_id AS "agentId", a.name AS "agentName",
         s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt"
       FROM identity_subjects s JOIN agents a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
       WHERE s.workspace_id = $1 ORDER BY s.subject, s.id`,
      [workspaceId],
    ),
  ]);
  return issuers.map((row) => ({
    ...row,
    keys: keysOf(workspaceId, row),
    createdAt: iso(row.createdAt),
    subjects: subjects
      .filter(({ issuerId }) => issuerId === row.id)
      .map(({ issuerId: _, createdAt, lastUsedAt, ...subject }) => ({
        ...subject,
        createdAt: iso(createdAt),
        lastUsedAt: isoOrNull(lastUsedAt),
      })),
  }));
}

/** Keys that were given are there; the others as this process has seen them. */
const keysOf = (workspaceId: string, { jwks, jwksUrl }: IssuerRow): IssuerKeys =>
  jwksUrl === null
    ? { count: jwks?.keys.length ?? 0, readAt: null, failure: null }
    : keysSeenAt({ workspaceId, url: jwksUrl });
