/** Silence decays: whoever did nothing for a day is looked at, as the server's upkeep does while it runs. */
import { sql, withTransaction } from '@/lib/db';
import { appendLedger, applySignalsToMany } from '@/lib/decide';
import { DAY_MS } from '../timeline';
import type { World } from '../world';

/** @param now milliseconds since the epoch, the simulated moment */
export async function lookAtQuietAgents({ workspaceId }: World, now: number): Promise<void> {
  const quiet = await sql<{ id: string }>(
    'SELECT agent_id AS id FROM trust_states WHERE workspace_id = $1 AND updated_at <= $2 ORDER BY agent_id',
    [workspaceId, new Date(now - DAY_MS)],
  );
  if (quiet.length === 0) return;
  await withTransaction(async (run) => {
    const agents = quiet.map(({ id }) => ({ agentId: id, actor: 'belay', signals: [] }));
    const applied = await applySignalsToMany(run, { workspaceId, now, agents });
    const notes = applied.flatMap(({ assessment: { rungChange, reading } }, index) =>
      rungChange === null
        ? []
        : [
            {
              kind: 'rung.changed',
              actor: 'belay',
              subject: `agent:${quiet[index]?.id ?? ''}`,
              body: { from: rungChange.from, to: rungChange.to, score: reading.score },
            },
          ],
    );
    const announcements = applied.flatMap((one) => one.announcements);
    await appendLedger(run, workspaceId, notes, announcements, now);
  });
}
