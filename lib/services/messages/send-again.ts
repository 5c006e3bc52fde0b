/** What was given up can be sent again by hand, once whoever runs the other side has put it right. */
import { requirePermission } from '@/lib/auth';
import { DomainError, notFound, type MessagesOverview } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { messagesOverview } from './overview';

/**
 * Makes a given-up delivery due, with all its tries before it, under the id it always had. A receiver that is switched off or gone is
 * found out by the next try.
 *
 * @throws DomainError `forbidden`, `not_found`; 409 `not_given_up` for one that arrived or is still tried; `target_off`
 */
export async function sendAgain(context: ServiceContext, id: string): Promise<MessagesOverview> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const deliveryId = requireId(id, 'delivery');
  await withTransaction(async (sql) => {
    const [delivery] = await sql<{
      state: string;
      channel: string;
      receiver: string;
      event: string;
      disabled: boolean;
    }>(
      `SELECT d.state, d.channel, d.receiver_name AS receiver, m.event, coalesce(t.disabled_at IS NOT NULL, false) AS disabled
       FROM message_deliveries d JOIN messages m ON m.workspace_id = d.workspace_id AND m.id = d.message_id
         LEFT JOIN message_targets t ON t.workspace_id = d.workspace_id AND t.id = d.receiver_id
       WHERE d.workspace_id = $1 AND d.id = $2 FOR UPDATE OF d`,
      [actor.workspaceId, deliveryId],
    );
    if (delivery === undefined) throw notFound('delivery');
    const { state, disabled, ...told } = delivery;
    if (state !== 'given_up') throw notGivenUp();
    if (disabled) throw targetOff();
    await sql(
      `UPDATE message_deliveries SET state = 'due', attempts = 0, due_at = $3, taken_until = NULL
       WHERE workspace_id = $1 AND id = $2`,
      [actor.workspaceId, deliveryId, now],
    );
    const note = noteOf(context, 'message.sent_again', `delivery:${deliveryId}`, told);
    await record(sql, context, [note], [{ type: 'workspace.changed' }]);
  });
  return messagesOverview(context);
}

const notGivenUp = () =>
  new DomainError(
    'conflict',
    'not_given_up',
    'This message was not given up: it arrived, it was not needed any more, or it is still tried by itself.',
  );

const targetOff = () =>
  new DomainError(
    'conflict',
    'target_off',
    'The target is switched off, so nothing is sent to it. Switch it on again first.',
  );
