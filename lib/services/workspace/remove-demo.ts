import { actorRef, type ConsoleActor } from '@/lib/auth';
import { DomainError, notFound } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { noteOf, record } from '@/lib/services/record';

/** Tables without a foreign key that would take their rows along. */
const LOOSE_TABLES = [
  'decisions',
  'permits',
  'signals',
  'score_points',
  'ledger_entries',
  'outbox',
  'used_assertions',
] as const;

/**
 * Removes the demo fleet with everything in it. A restart does not bring it back.
 *
 * @throws DomainError `not_found` when there is none, or the caller has nothing to do with it; `forbidden` unless admin in it
 */
export async function removeDemo(context: ServiceContext): Promise<void> {
  const { actor } = context;
  await withTransaction(async (sql) => {
    const demoId = await requireDemoAdmin(sql, actor);
    await excludeDecisions(sql, demoId);
    await sql('SELECT 1 FROM ledger_heads WHERE workspace_id = $1 FOR UPDATE', [demoId]);
    for (const table of LOOSE_TABLES)
      await sql(`DELETE FROM ${table} WHERE workspace_id = $1`, [demoId]);
    await sql('DELETE FROM workspaces WHERE id = $1', [demoId]);
    // The demo's own ledger goes with it; what is done from another workspace is noted there.
    if (actor.workspaceId !== demoId)
      await record(
        sql,
        context,
        [noteOf(context, 'demo.removed', `workspace:${demoId}`, {})],
        [{ type: 'workspace.changed', subjectId: demoId }],
      );
  });
}

async function requireDemoAdmin(sql: Sql, actor: ConsoleActor): Promise<string> {
  const [demo] = await sql<{ id: string; role: string | null }>(
    `SELECT w.id, CASE WHEN w.id = $1 THEN $2 ELSE m.role END AS role FROM workspaces w
     LEFT JOIN memberships m ON m.workspace_id = w.id AND 'person:' || m.person_id = $3 WHERE w.kind = 'demo' LIMIT 1`,
    [actor.workspaceId, actor.role, actorRef(actor)],
  );
  if (demo === undefined || demo.role === null) throw notFound('demo fleet');
  if (demo.role === 'admin') return demo.id;
  throw new DomainError('forbidden', 'forbidden', 'Only an admin of the demo fleet may remove it.');
}
