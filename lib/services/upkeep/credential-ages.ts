import { sql, withTransaction } from '@/lib/db';
import { appendLedger, applySignals } from '@/lib/decide';
import { HISTORY_IN_PROGRESS } from './history-in-progress';

/** A key in force for longer than this is evidence against the identity, in days. */
const MAX_KEY_AGE_DAYS = 90;
/** Once a day an agent is enough: the engine counts no more. */
const EVERY_HOURS = 24;

/**
 * Notes agents whose newest key is older than 90 days, once a day each, while they are in use.
 *
 * @param now milliseconds since the epoch
 */
export async function noteCredentialAges(now: number): Promise<void> {
  const at = new Date(now);
  const rows = await sql<{ workspace_id: string; agent_id: string; days: number }>(
    `SELECT a.workspace_id, a.id AS agent_id, floor(extract(epoch FROM $1::timestamptz - max(k.created_at)) / 86400)::int AS days
     FROM agents a JOIN agent_keys k ON k.workspace_id = a.workspace_id AND k.agent_id = a.id AND k.revoked_at IS NULL
     WHERE a.status = 'active' AND NOT ${HISTORY_IN_PROGRESS} AND a.last_seen_at > $1::timestamptz - interval '30 days'
       AND NOT EXISTS (SELECT 1 FROM signals s WHERE s.workspace_id = a.workspace_id AND s.agent_id = a.id
         AND s.kind = 'identity.credential_age' AND s.id > belay_uuid_at($1::timestamptz - interval '${EVERY_HOURS} hours'))
     GROUP BY a.workspace_id, a.id
     HAVING max(k.created_at) < $1::timestamptz - interval '${MAX_KEY_AGE_DAYS} days'`,
    [at],
  );
  for (const { workspace_id: workspaceId, agent_id: agentId, days } of rows) {
    await withTransaction(async (run) => {
      const signals = [
        {
          kind: 'identity.credential_age',
          source: 'belay',
          sourceClass: 'belay' as const,
          detail: { days },
        },
      ];
      const applied = await applySignals(run, {
        workspaceId,
        agentId,
        signals,
        now,
        actor: 'belay',
      });
      await appendLedger(run, workspaceId, applied.notes, applied.announcements, now);
    });
  }
}
