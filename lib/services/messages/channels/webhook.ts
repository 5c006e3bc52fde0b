/** Standard Webhooks (standardwebhooks.com): JSON with `type`, `timestamp` and `data`, signed with HMAC-SHA-256. */
import { Webhook } from 'standardwebhooks';
import type { Message } from '@/lib/contracts';
import { post, type Tried } from '../post';

export interface WebhookPlace {
  readonly url: string;
  /** `whsec_...`; the newest first. While a rotation lasts both sign, so that receivers change when they can. */
  readonly secrets: readonly string[];
}

/** @param id the same at every try, so that a receiver can tell a repetition */
export function sendWebhook(
  { url, secrets }: WebhookPlace,
  id: string,
  message: Message,
  now: Date,
): Promise<Tried> {
  const body = JSON.stringify(message);
  const name = `msg_${id}`;
  return post({
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': name,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets
        .map((secret) => new Webhook(secret).sign(name, now, body))
        .join(' '),
    },
  });
}
