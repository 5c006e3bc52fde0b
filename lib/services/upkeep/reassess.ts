import { sql, withTransaction } from '@/lib/db';
import { appendLedger, applySignals } from '@/lib/decide';
import { HISTORY_IN_PROGRESS } from './history-in-progress';

/** An agent whose trust was not assessed for this long is looked at, in seconds: silence decays, and the screens must show it. */
const QUIET_SECONDS = 3_600;
/** Most agents in one round. */
const ROUND = 500;

/**
 * Assesses agents that nothing has happened to, so that their score, rung and curve keep up with the time that passes.
 *
 * @param now milliseconds since the epoch
 */
export async function reassessQuietAgents(now: number): Promise<void> {
  const rows = await sql<{ workspace_id: string; agent_id: string }>(
    `SELECT t.workspace_id, t.agent_id FROM trust_states t
     JOIN agents a ON a.workspace_id = t.workspace_id AND a.id = t.agent_id
     WHERE a.status = 'active' AND t.updated_at < $1 AND NOT ${HISTORY_IN_PROGRESS} ORDER BY t.updated_at LIMIT ${ROUND}`,
    [new Date(now - QUIET_SECONDS * 1000)],
  );
  for (const { workspace_id: workspaceId, agent_id: agentId } of rows) {
    await withTransaction(async (run) => {
      const input = { workspaceId, agentId, signals: [], now, actor: 'belay' };
      const { assessment, notes, announcements } = await applySignals(run, input);
      const { rungChange, reading } = assessment;
      const note = {
        kind: 'rung.changed',
        actor: 'belay',
        subject: `agent:${agentId}`,
        body: { from: rungChange?.from ?? null, to: rungChange?.to ?? null, score: reading.score },
      };
      const written = rungChange === null ? notes : [...notes, note];
      await appendLedger(run, workspaceId, written, announcements, now);
    });
  }
}
