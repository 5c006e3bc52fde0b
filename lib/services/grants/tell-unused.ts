import { sql, withTransaction, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { about } from '@/lib/services/messages/news';
import { writeMessage } from '@/lib/services/messages/write-message';
import { unusedBefore } from './grant-rows';

/** Grants told of in one round. */
const ROUND = 100;

interface Unused {
  readonly workspaceId: string;
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly tool: string;
  readonly slug: string;
  readonly workspaceName: string;
}

/**
 * Tells once of every grant that holds and that nobody has used for `UNUSED_GRANT_DAYS`: it lets more through than is needed. It is
 * not taken back by itself, and nothing is widened. A use makes it one to tell of again.
 *
 * @param now milliseconds since the epoch
 */
export async function tellOfUnusedGrants(now: number): Promise<void> {
  const at = new Date(now);
  const unused = await sql<Unused>(
    `SELECT g.workspace_id AS "workspaceId", g.id, g.agent_id AS "agentId", a.name AS "agentName", g.tool, w.slug,
       w.name AS "workspaceName"
     FROM approval_grants g JOIN agents a ON a.workspace_id = g.workspace_id AND a.id = g.agent_id
     JOIN workspaces w ON w.id = g.workspace_id
     WHERE g.ended_at IS NULL AND g.until > $1 AND g.uses < g.most_uses AND g.unused_told_at IS NULL
       AND coalesce(g.last_used_at, g.granted_at) <= $2 ORDER BY g.granted_at LIMIT ${ROUND}`,
    [at, unusedBefore(at)],
  );
  for (const grant of unused)
    await withTransaction(async (run) => {
      const [taken] = await run(
        `UPDATE approval_grants SET unused_told_at = $3
         WHERE workspace_id = $1 AND id = $2 AND unused_told_at IS NULL AND ended_at IS NULL RETURNING id`,
        [grant.workspaceId, grant.id, at],
      );
      if (taken === undefined) return;
      await tell(run, grant, at);
      const { agentId, id, workspaceId } = grant;
      const body = { agent: agentId, tool: grant.tool };
      const note = { kind: 'grant.unused', actor: 'belay', subject: `grant:${id}`, body };
      const changed = { type: 'agent.changed' as const, agentId, subjectId: agentId };
      await appendLedger(run, workspaceId, [note], [changed], now);
    });
}

/** One message a telling, to every target that wants to hear of it. */
function tell(run: Sql, grant: Unused, at: Date): Promise<void> {
  const { workspaceId, id, agentId, agentName, tool, slug, workspaceName: name } = grant;
  const data = {
    ...about({ slug, name }, id, `agents/${agentId}`),
    agent: { id: agentId, name: agentName },
    tool,
  };
  const news = { event: 'grant.unused' as const, data, ownerPersonId: null };
  return writeMessage(run, workspaceId, news, { once: `${id} ${at.toISOString()}`, at, now: at });
}
