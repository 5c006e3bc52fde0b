import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { AgentKey, agentKeyListSchema, PublicJwk } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso, isoOrNull } from '@/lib/services/instants';
import { isSoon } from './agent-rows';
import { requireAgent } from './lock';

/** The keys an agent has and had, the newest first. @throws DomainError `forbidden`, `not_found` */
export async function listAgentKeys(
  { actor, now }: ServiceContext,
  id: string,
): Promise<z.infer<typeof agentKeyListSchema>> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const { id: agentId } = await requireAgent(sql, workspaceId, requireId(id, 'agent'));
  return { items: await selectKeys({ workspaceId, agentId, now }) };
}

interface KeyRow {
  readonly kid: string;
  readonly publicKey: PublicJwk;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly addedBy: string | null;
  readonly lastUsedAt: Date | null;
}

export async function selectKeys({
  workspaceId,
  agentId,
  now,
}: {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly now: Date;
}): Promise<AgentKey[]> {
  const rows = await sql<KeyRow>(
    `SELECT k.kid, k.public_jwk AS "publicKey", k.created_at AS "createdAt", k.expires_at AS "expiresAt",
       k.revoked_at AS "revokedAt", p.name AS "addedBy", k.last_used_at AS "lastUsedAt"
     FROM agent_keys k LEFT JOIN people p ON p.id = k.added_by
     WHERE k.workspace_id = $1 AND k.agent_id = $2 ORDER BY k.created_at DESC, k.kid`,
    [workspaceId, agentId],
  );
  return rows.map((row) => ({
    kid: row.kid,
    publicKey: row.publicKey,
    state: stateOf(row, now),
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    addedBy: row.addedBy,
    lastUsedAt: isoOrNull(row.lastUsedAt),
  }));
}

function stateOf({ revokedAt, expiresAt }: KeyRow, now: Date): AgentKey['state'] {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return isSoon(expiresAt, now) ? 'expiring' : 'in_force';
}
