/** What the time does to keys: those that end are told of, and what ended long ago is forgotten. */
import { KEY_WARNING_DAYS } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { HISTORY_IN_PROGRESS } from './history-in-progress';

interface Ending {
  readonly workspace_id: string;
  readonly agent_id: string;
  readonly kid: string;
  readonly expires_at: Date;
}

/**
 * Writes down, once before and once after, that the last key of an agent ends: then it cannot sign in any more. A key that another
 * one outlives is not worth a word.
 *
 * @param now milliseconds since the epoch
 */
export async function noteKeyExpiries(now: number): Promise<void> {
  const rows = await sql<Ending>(
    `SELECT k.workspace_id, k.agent_id, k.kid, k.expires_at FROM agent_keys k
     JOIN agents a ON a.workspace_id = k.workspace_id AND a.id = k.agent_id AND a.status <> 'revoked'
     WHERE NOT ${HISTORY_IN_PROGRESS} AND k.revoked_at IS NULL
       AND k.expires_at <= $1::timestamptz + interval '${KEY_WARNING_DAYS} days'
       AND (k.expiry_noted_at IS NULL OR (k.expires_at <= $1 AND k.expiry_noted_at < k.expires_at))
       AND NOT EXISTS (SELECT 1 FROM agent_keys later WHERE later.workspace_id = k.workspace_id AND later.agent_id = k.agent_id
         AND later.revoked_at IS NULL AND (later.expires_at IS NULL OR later.expires_at > k.expires_at))`,
    [new Date(now)],
  );
  for (const row of rows) await noteOne(row, now);
}

async function noteOne({ workspace_id, agent_id, kid, expires_at }: Ending, now: number) {
  const kind = expires_at.getTime() <= now ? 'agent.key_expired' : 'agent.key_expiring';
  await withTransaction(async (run) => {
    const noted = await run(
      `UPDATE agent_keys SET expiry_noted_at = $4 WHERE workspace_id = $1 AND agent_id = $2 AND kid = $3
         AND (expiry_noted_at IS NULL OR (expires_at <= $4 AND expiry_noted_at < expires_at)) RETURNING 1`,
      [workspace_id, agent_id, kid, new Date(now)],
    );
    if (noted.length === 0) return;
    const body = { kid, expiresAt: expires_at.toISOString() };
    const note = { kind, actor: 'belay', subject: `agent:${agent_id}`, body };
    const announcement = {
      type: 'agent.changed' as const,
      agentId: agent_id,
      subjectId: agent_id,
    };
    await appendLedger(run, workspace_id, [note], [announcement], now);
  });
}

/** Longer than any token lives. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;

/**
 * Nor than what was begun with one can wait for a person and then for its permit to be used. Those with a person behind them stay: that
 * person has a part in what was asked with it.
 *
 * @param now milliseconds since the epoch
 */
export const forgetEndedCredentials = (now: number) =>
  sql(
    `DELETE FROM revoked_credentials gone USING workspaces w WHERE w.id = gone.workspace_id AND gone.added_by IS NULL
    AND gone.revoked_at < $1::timestamptz - make_interval(secs => w.approval_ttl_seconds + w.permit_ttl_seconds)`,
    [new Date(now - FORGOTTEN_AFTER_MS)],
  );
