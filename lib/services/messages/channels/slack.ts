/** Slack-compatible incoming webhooks: blocks of plain text and a button that is a link. There is nothing to approve with. */
import type { Message } from '@/lib/contracts';
import { post, type Tried } from '../post';
import { cutTo, factsOf, headlineOf } from '../words';

/** Slack's three characters, and no code marks: servers that read Markdown get the line as code. */
const escaped = (text: string): string =>
  text.replaceAll('`', "'").replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack refuses a longer text, in characters. */
const MOST_TEXT = 3_000;

const plainText = (text: string) => ({
  type: 'plain_text',
  text: cutTo(text, MOST_TEXT),
  emoji: false,
});

/** @param now milliseconds since the epoch */
function slackBody(message: Message, now: number) {
  const { link } = message.data;
  const facts = factsOf(message, now).map(([name, value]) => `${name}: ${value}`);
  return {
    // For notifications, and for servers that show no blocks.
    text: `\`${escaped(headlineOf(message))}\` <${link}|Open in Belay>`,
    blocks: [
      { type: 'section', text: plainText(headlineOf(message)) },
      { type: 'section', text: plainText(facts.join('\n')) },
      {
        type: 'actions',
        elements: [{ type: 'button', text: plainText('Open in Belay'), url: link }],
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

export function sendSlack(url: string, message: Message, now: Date): Promise<Tried> {
  return post({
    url,
    body: JSON.stringify(slackBody(message, now.getTime())),
    headers: { 'content-type': 'application/json' },
  });
}
