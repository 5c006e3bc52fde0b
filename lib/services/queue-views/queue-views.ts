/** Views of the queue that a person has given a name. They belong to one person and workspace; programs have none. */
import { requirePermission, type ConsoleActor, type PersonActor } from '@/lib/auth';
import {
  DomainError,
  MAX_QUEUE_VIEWS,
  notFound,
  queueViewSchema,
  type QueueView,
  type QueueViewInput,
} from '@/lib/contracts';
import { newId, sql, withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

/** The caller's views by name. @throws DomainError `forbidden`, `people_only` */
export async function listQueueViews({ actor }: ServiceContext): Promise<{ items: QueueView[] }> {
  const person = requirePerson(actor);
  const rows = await sql(
    `SELECT id, name, view FROM queue_views WHERE workspace_id = $1 AND person_id = $2 ORDER BY lower(name), id`,
    [person.workspaceId, person.personId],
  );
  return { items: rows.map((row) => queueViewSchema.parse(row)) };
}

/**
 * Keeps a view. One of the same name is replaced.
 *
 * @throws DomainError `forbidden`, `people_only`, `too_many_views`
 */
export async function saveQueueView(
  context: ServiceContext,
  { name, view }: QueueViewInput,
): Promise<QueueView> {
  const person = requirePerson(context.actor);
  const whose = [person.workspaceId, person.personId] as const;
  return withTransaction(async (run) => {
    // Two saves of one person stand in line, so that the bound holds.
    await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `queue-views:${whose.join(':')}`,
    ]);
    const known = await run<{ id: string; same: boolean }>(
      `SELECT id, lower(name) = lower($3) AS same FROM queue_views WHERE workspace_id = $1 AND person_id = $2`,
      [...whose, name],
    );
    const replaced = known.find(({ same }) => same)?.id;
    if (replaced === undefined && known.length >= MAX_QUEUE_VIEWS) throw tooMany();
    const id = replaced ?? newId();
    await run(
      `INSERT INTO queue_views (workspace_id, person_id, id, name, view, created_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
       ON CONFLICT (workspace_id, id) DO UPDATE SET name = $4, view = $5::jsonb`,
      [...whose, id, name, JSON.stringify(view), context.now],
    );
    await record(
      run,
      context,
      // What a person looks for is theirs: everybody may read the ledger.
      [noteOf(context, 'queue_view.saved', `queue-view:${id}`, {})],
      [],
    );
    return { id, name, view };
  });
}

/** Forgets one of the caller's views. @throws DomainError `forbidden`, `people_only`, `not_found` */
export async function removeQueueView(context: ServiceContext, id: string): Promise<undefined> {
  const person = requirePerson(context.actor);
  const viewId = requireId(id, 'view');
  await withTransaction(async (run) => {
    const removed = await run(
      'DELETE FROM queue_views WHERE workspace_id = $1 AND person_id = $2 AND id = $3 RETURNING id',
      [person.workspaceId, person.personId, viewId],
    );
    if (removed.length === 0) throw notFound('view');
    await record(
      run,
      context,
      [noteOf(context, 'queue_view.removed', `queue-view:${viewId}`, {})],
      [],
    );
  });
  return undefined;
}

function requirePerson(actor: ConsoleActor): PersonActor {
  requirePermission(actor, 'workspace.read');
  if (actor.kind === 'person') return actor;
  throw new DomainError('forbidden', 'people_only', 'A program has no views of its own.');
}

const tooMany = () =>
  new DomainError(
    'unprocessable',
    'too_many_views',
    `You have ${MAX_QUEUE_VIEWS} views. Remove one before you save another.`,
  );
