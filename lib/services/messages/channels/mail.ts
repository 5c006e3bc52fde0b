/** E-mail by the operator's SMTP server: text, and the same as simple HTML that loads nothing. */
import { createTransport } from 'nodemailer';
import type { Message } from '@/lib/contracts';
import { env } from '@/lib/env';
import type { Tried } from '../post';
import { factsOf, headlineOf } from '../words';

const TIMEOUT_MS = 10_000;

export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One message, or a digest of several. @param now milliseconds since the epoch */
export function letterTo(to: Letter['to'], messages: readonly Message[], now: number): Letter {
  const [first] = messages;
  const subject =
    first !== undefined && messages.length === 1
      ? headlineOf(first)
      : `${messages.length} new in Belay`;
  const parts = messages.map((message) => ({
    headline: headlineOf(message),
    facts: factsOf(message, now),
    link: message.data.link,
  }));
  return {
    to,
    subject,
    text: [...parts.map(asText), FOOTER].join('\n\n'),
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif">${parts.map(asHtml).join('<hr>')}<p style="color:#555">${FOOTER}</p></body></html>`,
  };
}

const FOOTER =
  'This message decides nothing: a verdict is given in Belay, after signing in. How often it writes to you is set there, in Settings.';

interface Part {
  readonly headline: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly link: string;
}

const asText = ({ headline, facts, link }: Part): string =>
  [headline, ...facts.map(([name, value]) => `${name}: ${value}`), link].join('\n');

function asHtml({ headline, facts, link }: Part): string {
  const rows = facts
    .map(
      ([name, value]) =>
        `<tr><td style="padding-right:12px;color:#555">${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
    )
    .join('');
  return `<h2 style="font-size:16px">${escaped(headline)}</h2><table>${rows}</table><p><a href="${escaped(link)}">Open in Belay</a></p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** Never throws. */
export async function sendLetter(letter: Letter): Promise<Tried> {
  const { mail } = env();
  if (mail === undefined)
    return { delivered: false, status: null, answer: 'The operator has named no mail server.' };
  const transport = createTransport({
    url: mail.url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    const { response } = await transport.sendMail({
      ...letter,
      from: mail.from,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { delivered: true, status: statusIn(response), answer: response.slice(0, 300) };
  } catch (error) {
    const answer = error instanceof Error ? error.message : 'It could not be sent.';
    return { delivered: false, status: statusIn(answer), answer: answer.slice(0, 300) };
  } finally {
    transport.close();
  }
}

/** The SMTP status in a server's answer. */
function statusIn(answer: string): number | null {
  const status = /(?:^|\s)([245]\d\d)[ -]/.exec(answer)?.[1];
  return status === undefined ? null : Number(status);
}
