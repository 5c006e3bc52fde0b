import type { z } from 'zod';
import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type ladderInputSchema, type LadderVersion } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';
import { nextVersion } from '@/lib/services/versions';
import { validateLadder, type Ladder } from '@/lib/trust';

/**
 * Puts a new version of the ladder in force. Agents keep the rung they stand on until their next decision or signal.
 *
 * @throws DomainError `forbidden`, `invalid_ladder`, `stale_version`
 */
export async function createLadder(
  context: ServiceContext,
  input: z.infer<typeof ladderInputSchema>,
): Promise<LadderVersion> {
  const { actor, now } = context;
  requirePermission(actor, 'ladders.edit');
  refuseInvalid(input.ladder as Ladder);
  const version = await withTransaction(async (sql) => {
    const next = await nextVersion(sql, actor.workspaceId, 'ladder_version', input.basedOn);
    await sql(
      `INSERT INTO ladders (workspace_id, version, body, reason, created_by, created_by_name, created_at)
       VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7)`,
      [
        actor.workspaceId,
        next,
        JSON.stringify(input.ladder),
        input.reason,
        actorRef(actor),
        actor.name,
        now,
      ],
    );
    const body = { version: next, ladder: input.ladder, reason: input.reason };
    await record(
      sql,
      context,
      [noteOf(context, 'ladder.changed', `ladder:${next}`, body)],
      [{ type: 'ladder.changed', subjectId: String(next) }],
    );
    return next;
  });
  const { ladder, reason } = input;
  return { version, ladder, reason, createdBy: actor.name, createdAt: iso(now), current: true };
}

function refuseInvalid(ladder: Ladder): void {
  const sentences = validateLadder(ladder);
  if (sentences.length === 0) return;
  throw new DomainError('unprocessable', 'invalid_ladder', sentences.join(' '), {
    errors: sentences.map((message) => ({ path: 'ladder', message })),
  });
}
