/**
 * Sends what is due. A delivery is taken for a minute before it is sent, so that no two processes send it, and one that a killed
 * process had taken is sent by another: at least once, as Standard Webhooks has it, under the same id each time.
 */
import type { Message } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { MOST_TRIES, waitAfter } from './backoff';
import type { Tried } from './post';
import { sendToPerson, sendToPush, sendToTarget } from './receivers';

/** Longer than the slowest try. */
const TAKEN_MS = 60_000;
/** Most deliveries in one round, and most to one receiver: a slow one must not hold up the others. */
const ROUND = 60;
const ONE_RECEIVER = 5;
/** A digest goes out as a whole. */
const ONE_PERSON = 50;
/** Connections to the mail server at a time. */
const MAIL_LANES = 5;

export interface Delivery {
  readonly workspaceId: string;
  readonly id: string;
  readonly messageId: string;
  readonly channel: 'webhook' | 'slack' | 'mail' | 'push';
  readonly receiverId: string;
  readonly attempts: number;
  readonly message: Message;
}

/**
 * @param now milliseconds since the epoch
 * @param chance uniform in [0, 1), for the jitter
 * @returns how many deliveries were tried
 */
export async function deliverMessages(now: number, chance = Math.random): Promise<number> {
  const taken = await take(new Date(now));
  const single = taken.filter(({ channel }) => channel !== 'mail').map((delivery) => [delivery]);
  const deliver = async (together: readonly Delivery[]) => {
    const tried = await send(together, new Date(now));
    await Promise.all(together.map((delivery) => settle(delivery, tried, now, chance())));
  };
  await Promise.all([...single.map(deliver), inTurn([...lettersOf(taken).values()], deliver)]);
  return taken.length;
}

/** A few connections to the mail server at a time. What there is no time for while it is taken is given back untried. */
async function inTurn(
  letters: readonly (readonly Delivery[])[],
  deliver: (together: readonly Delivery[]) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  for (let from = 0; from < letters.length; from += MAIL_LANES) {
    const next = letters.slice(from, from + MAIL_LANES);
    const isLate = performance.now() - started > TAKEN_MS / 2;
    await Promise.all(isLate ? next.flat().map(giveBack) : next.map(deliver));
  }
}

const giveBack = ({ workspaceId, id }: Delivery) =>
  sql(
    'UPDATE message_deliveries SET taken_until = NULL, attempts = attempts - 1 WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id],
  );

/** The mails of a person go out as one. */
function lettersOf(taken: readonly Delivery[]): ReadonlyMap<string, Delivery[]> {
  const letters = new Map<string, Delivery[]>();
  for (const delivery of taken.filter(({ channel }) => channel === 'mail')) {
    const person = `${delivery.workspaceId} ${delivery.receiverId}`;
    letters.set(person, [...(letters.get(person) ?? []), delivery]);
  }
  return letters;
}

async function take(now: Date): Promise<Delivery[]> {
  const rows = await sql<Delivery>(
    `UPDATE message_deliveries d SET taken_until = $2, attempts = d.attempts + 1
     FROM messages m
     WHERE m.workspace_id = d.workspace_id AND m.id = d.message_id AND (d.workspace_id, d.id) IN (
       SELECT x.workspace_id, x.id FROM message_deliveries x
       JOIN (SELECT workspace_id, id, row_number() OVER (PARTITION BY workspace_id, receiver_id ORDER BY due_at, id) AS place
             FROM message_deliveries WHERE state = 'due' AND due_at <= $1 AND (taken_until IS NULL OR taken_until < $1)) y
         ON y.workspace_id = x.workspace_id AND y.id = x.id
       WHERE y.place <= CASE x.channel WHEN 'mail' THEN ${ONE_PERSON} ELSE ${ONE_RECEIVER} END
         AND x.state = 'due' AND (x.taken_until IS NULL OR x.taken_until < $1)
       ORDER BY x.due_at, x.id LIMIT ${ROUND} FOR UPDATE OF x SKIP LOCKED)
     RETURNING d.workspace_id AS "workspaceId", d.id, d.message_id AS "messageId", d.channel, d.receiver_id AS "receiverId",
       d.attempts, m.body AS message`,
    [now, new Date(now.getTime() + TAKEN_MS)],
  );
  return rows.sort((a, b) => a.id.localeCompare(b.id));
}

/** What a try came to; `dropped` when there was nothing to send any more, `gone` when the receiver is no more. */
export interface Outcome extends Tried {
  readonly dropped?: true;
  readonly gone?: true;
}

async function send(together: readonly Delivery[], now: Date): Promise<Outcome> {
  const [first] = together;
  if (first === undefined) return { delivered: true, status: null, answer: '' };
  if (first.channel === 'mail') return sendToPerson(together, now);
  return first.channel === 'push' ? sendToPush(first, now) : sendToTarget(first, now);
}

function stateAfter(outcome: Outcome, attempts: number): string {
  if (outcome.delivered) return 'sent';
  if (outcome.dropped) return 'dropped';
  return outcome.gone || attempts >= MOST_TRIES ? 'given_up' : 'due';
}

async function settle(
  delivery: Delivery,
  outcome: Outcome,
  now: number,
  chance: number,
): Promise<void> {
  const { workspaceId, id, attempts } = delivery;
  await sql(
    `UPDATE message_deliveries SET state = $3, due_at = $4, taken_until = NULL, last_at = $5, last_status = $6, last_answer = $7
     WHERE workspace_id = $1 AND id = $2 AND state = 'due'`,
    [
      workspaceId,
      id,
      stateAfter(outcome, attempts),
      new Date(now + waitAfter(attempts, chance)),
      new Date(now),
      outcome.status,
      outcome.answer,
    ],
  );
  if (outcome.gone) await forget(delivery, now);
}

/** 410 says that nobody is there for good: a target is switched off, a browser forgotten. */
async function forget({ workspaceId, channel, receiverId }: Delivery, now: number): Promise<void> {
  await withTransaction(async (run) => {
    await run(
      `UPDATE message_deliveries SET state = 'given_up', last_answer = coalesce(last_answer, 'The receiver is gone.')
       WHERE workspace_id = $1 AND receiver_id = $2 AND state = 'due'`,
      [workspaceId, receiverId],
    );
    if (channel === 'push') {
      await run('DELETE FROM push_subscriptions WHERE workspace_id = $1 AND id = $2', [
        workspaceId,
        receiverId,
      ]);
      return;
    }
    const off = await run(
      `UPDATE message_targets SET disabled_at = $3 WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL RETURNING id`,
      [workspaceId, receiverId, new Date(now)],
    );
    if (off.length === 0) return;
    const note = {
      kind: 'message_target.disabled',
      actor: 'belay',
      subject: `message_target:${receiverId}`,
      body: { status: 410 },
    };
    await appendLedger(run, workspaceId, [note], [{ type: 'workspace.changed' }], now);
  });
}
