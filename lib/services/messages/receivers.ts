/** From a delivery to its receiver: what is sealed is opened, and what has become pointless is not sent. */
import { z } from 'zod';
import type { Message } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { unseal } from '@/lib/env/seal';
import { letterTo, sendLetter } from './channels/mail';
import { sendPush } from './channels/push';
import { sendSlack } from './channels/slack';
import { sendWebhook } from './channels/webhook';
import type { Delivery, Outcome } from './deliver';
import type { Tried } from './post';

const GONE = 410;
const dropped = (answer: string): Outcome => ({
  delivered: false,
  status: null,
  answer,
  dropped: true,
});

interface TargetRow {
  readonly kind: 'webhook' | 'slack';
  readonly disabledAt: Date | null;
  readonly sealedUrl: Buffer;
  readonly sealedSecret: Buffer | null;
  readonly sealedPrevious: Buffer | null;
  readonly previousUntil: Date | null;
}

/** What a target's address and secrets are sealed for. */
export const sealedForTarget = (workspaceId: string, id: string) =>
  `workspace:${workspaceId}/message-target:${id}`;
export const sealedForBrowser = (workspaceId: string, id: string) =>
  `workspace:${workspaceId}/push-subscription:${id}`;

export async function sendToTarget(
  {
    workspaceId,
    id,
    receiverId,
    message,
  }: Pick<Delivery, 'workspaceId' | 'id' | 'receiverId' | 'message'>,
  now: Date,
): Promise<Outcome> {
  const [target] = await sql<TargetRow>(
    `SELECT kind, disabled_at AS "disabledAt", sealed_url AS "sealedUrl", sealed_secret AS "sealedSecret",
       sealed_previous AS "sealedPrevious", previous_until AS "previousUntil"
     FROM message_targets WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, receiverId],
  );
  if (target === undefined || target.disabledAt !== null) return dropped('The target is no more.');
  const tried = await toTarget(target, sealedForTarget(workspaceId, receiverId), id, message, now);
  return tried.status === GONE ? { ...tried, gone: true } : tried;
}

async function toTarget(
  target: TargetRow,
  about: string,
  id: string,
  message: Message,
  now: Date,
): Promise<Tried> {
  const open = (sealed: Buffer) => unseal('message-target', sealed, about);
  try {
    const url = open(target.sealedUrl);
    if (target.kind === 'slack') return await sendSlack(url, message, now);
    const isTurning = target.previousUntil !== null && target.previousUntil > now;
    const sealed = [target.sealedSecret, isTurning ? target.sealedPrevious : null];
    const secrets = sealed.filter((secret) => secret !== null).map(open);
    return await sendWebhook({ url, secrets }, id, message, now);
  } catch {
    return {
      delivered: false,
      status: null,
      answer:
        'Its address cannot be opened with the secret of this installation: an admin enters it again.',
    };
  }
}

/** One letter for everything that is due to a person. What has closed meanwhile is left out of it. */
export async function sendToPerson(together: readonly Delivery[], now: Date): Promise<Outcome> {
  const [first] = together;
  if (first === undefined) return dropped('Nothing is due.');
  const { workspaceId, receiverId } = first;
  const [person] = await sql<{ name: string; address: string }>(
    `SELECT p.name, p.email AS address FROM people p
     JOIN memberships m ON m.person_id = p.id AND m.workspace_id = $1
     JOIN message_preferences f ON f.workspace_id = m.workspace_id AND f.person_id = p.id AND f.mail <> 'off'
     WHERE p.id = $2 AND p.disabled_at IS NULL`,
    [workspaceId, receiverId],
  );
  if (person === undefined) return dropped('This person gets no mail from here any more.');
  const messages = await stillTrue(
    workspaceId,
    together.map(({ message }) => message),
    now,
  );
  if (messages.length === 0) return dropped('It was over before the mail went out.');
  return sendLetter(letterTo(person, messages, now.getTime()));
}

/** Without the approvals nobody waits for any more. */
async function stillTrue(
  workspaceId: string,
  messages: readonly Message[],
  now: Date,
): Promise<Message[]> {
  const asked = messages.filter(({ type }) => type.startsWith('approval.'));
  const waiting = await sql<{ id: string }>(
    `SELECT id FROM approvals WHERE workspace_id = $1 AND id = ANY($2::uuid[]) AND state = 'pending' AND expires_at > $3`,
    [workspaceId, asked.map(({ data }) => data.subject), now],
  );
  const open = new Set(waiting.map(({ id }) => id));
  return messages.filter((message) => !asked.includes(message) || open.has(message.data.subject));
}

const subscriptionSchema = z.object({
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});

export async function sendToPush(
  { workspaceId, receiverId, message }: Pick<Delivery, 'workspaceId' | 'receiverId' | 'message'>,
  now: Date,
): Promise<Outcome> {
  const [row] = await sql<{ sealed: Buffer }>(
    'SELECT sealed FROM push_subscriptions WHERE workspace_id = $1 AND id = $2',
    [workspaceId, receiverId],
  );
  if (row === undefined) return dropped('This browser gets no pushes any more.');
  const isOver = (await stillTrue(workspaceId, [message], now)).length === 0;
  if (isOver) return dropped('It was over before the push went out.');
  try {
    const opened = unseal(
      'push-subscription',
      row.sealed,
      sealedForBrowser(workspaceId, receiverId),
    );
    const tried = await sendPush(subscriptionSchema.parse(JSON.parse(opened)), message, now);
    // A push service answers 404 or 410 for a browser that has let go.
    const isGone = tried.status === GONE || tried.status === 404;
    return isGone ? { ...tried, gone: true } : tried;
  } catch {
    return dropped('This browser cannot be written to any more; it subscribes again.');
  }
}
