import { signAttestation } from '@/lib/auth/agents';
import { notFound, type DirectoryAudience, type DirectoryEntry } from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import { countLookup } from './rate';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly status: DirectoryEntry['status'];
  readonly rung: number;
  readonly score: number;
  readonly audience: DirectoryAudience;
  readonly keys: readonly { readonly kid: string; readonly x: string }[] | null;
}

export interface Lookup {
  readonly entry: DirectoryEntry;
  readonly audience: DirectoryAudience;
}

/**
 * An agent whose workspace publishes it to whoever asks. What is not published does not differ from what does not exist.
 *
 * @param caller as the ledger names whoever has proven to belong to a workspace here; undefined for anybody else
 * @throws DomainError `not_found`; 429 `too_many_lookups`
 */
export async function lookUpAgent(
  id: string,
  caller: string | undefined,
  now: Date,
): Promise<Lookup> {
  countLookup(caller, now.getTime());
  const audiences = caller === undefined ? ['anyone'] : ['anyone', 'members'];
  const [row] = await sql<Row>(
    `SELECT a.id, a.name, CASE WHEN w.directory_owner THEN a.owner END AS owner, a.status, t.score,
       coalesce((SELECT o.rung FROM rung_overrides o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id
         AND o.ended_at IS NULL AND o.until > $3 ORDER BY o.created_at DESC LIMIT 1), t.rung) AS rung,
       w.directory_audience AS audience,
       (SELECT json_agg(json_build_object('kid', k.kid, 'x', k.public_jwk->>'x') ORDER BY k.created_at DESC) FROM agent_keys k
         WHERE k.workspace_id = a.workspace_id AND k.agent_id = a.id AND k.revoked_at IS NULL
           AND (k.expires_at IS NULL OR k.expires_at > $3)) AS keys
     FROM agents a JOIN workspaces w ON w.id = a.workspace_id
     JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id
     WHERE a.id = $1 AND w.directory_audience = ANY($2::text[])`,
    [isUuid(id) ? id : NOBODY, audiences, now],
  );
  if (row === undefined) throw notFound('agent');
  return { entry: await entryOf(row, now), audience: row.audience };
}

/** Asked for in the place of what is no id, so that one takes as long as the other. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function entryOf({ owner, keys, score, audience: _, ...row }: Row, now: Date) {
  const published = (keys ?? []).map(({ kid, x }) => ({
    kty: 'OKP' as const,
    crv: 'Ed25519' as const,
    x,
    kid,
    alg: 'EdDSA' as const,
    use: 'sig' as const,
  }));
  const { name, status, rung } = row;
  const claims = { name, status, rung, score, keys: published.map(({ kid }) => kid) };
  return {
    ...row,
    ...(owner === null ? {} : { owner }),
    keys: published,
    attestation: await signAttestation(row.id, claims, now.getTime()),
  } as DirectoryEntry;
}
