/** Web Push: encrypted for one browser (RFC 8291), signed by this installation (VAPID, RFC 8292). */
import { createECDH } from 'node:crypto';
import webPush from 'web-push';
import type { Message } from '@/lib/contracts';
import { env } from '@/lib/env';
import { deriveKey } from '@/lib/env/secret';
import { post, type Tried } from '../post';
import { factsOf, headlineOf } from '../words';

/** Origins of the push services of the browsers' makers. A browser names its own; anybody could name another. */
const SERVICES: readonly RegExp[] = [
  /^https:\/\/fcm\.googleapis\.com$/,
  /^https:\/\/updates\.push\.services\.mozilla\.com$/,
  /^https:\/\/[\w-]+\.push\.apple\.com$/,
  /^https:\/\/[\w.-]+\.notify\.windows\.com$/,
];
/** How long a push service keeps a push for a browser that is off, in seconds. */
const TTL_SECONDS = 1_800;

export function isPushService(endpoint: string): boolean {
  const { origin } = new URL(endpoint);
  return env().pushServices.includes(origin) || SERVICES.some((service) => service.test(origin));
}

/** This installation's own key pair: the private half from the root secret, so that there is nothing to store. */
function vapidKeys(): { publicKey: string; privateKey: string } {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(deriveKey('web-push'));
  return {
    publicKey: pair.getPublicKey('base64url'),
    privateKey: pair.getPrivateKey('base64url'),
  };
}
export const pushKey = (): string => vapidKeys().publicKey;

export interface PushPlace {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** What the service worker gets: no more than a mail says. @param now milliseconds since the epoch */
function pushPayload(message: Message, now: number) {
  const { pathname, search } = new URL(message.data.link);
  const facts = factsOf(message, now)
    .filter(([name]) => name !== 'Arguments' && name !== 'Resource')
    .map(([name, value]) => `${name}: ${value}`);
  return {
    title: headlineOf(message),
    body: facts.join('\n'),
    path: `${pathname}${search}`,
    tag: message.data.subject,
  };
}

/** Never throws for what the other side does. */
export function sendPush(place: PushPlace, message: Message, now: Date): Promise<Tried> {
  if (!isPushService(place.endpoint))
    return Promise.resolve({
      delivered: false,
      status: null,
      answer: 'This is not the address of a push service.',
    });
  const payload = JSON.stringify(pushPayload(message, now.getTime()));
  const { endpoint, headers, body } = webPush.generateRequestDetails(place, payload, {
    TTL: TTL_SECONDS,
    urgency: 'high',
    contentEncoding: 'aes128gcm',
    vapidDetails: { subject: contact(), ...vapidKeys() },
  });
  return post({ url: endpoint, headers: textHeaders(headers), body });
}

/** Whom a push service can write to about what we send. */
function contact(): string {
  const from = env().mail?.from;
  const address = from === undefined ? undefined : /[^\s<>]+@[^\s<>]+/.exec(from)?.[0];
  return `mailto:${address ?? `belay@${new URL(env().url).hostname}`}`;
}

const textHeaders = (headers: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([name, value]) => [name, String(value)]),
  );
