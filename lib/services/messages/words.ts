/** What a message says to people, whatever carries it. What agents wrote in it is shown as plain text. Pure. */
import { UNSEEN_CHARACTERS, type Message } from '@/lib/contracts';

const LONGEST_NAME = 120;
const LONGEST_ARGUMENTS = 1_500;
/** Line breaks among them: a name cannot look like another one, or like a second line. The selector behind an emoji is part of it. */
const UNSEEN = new RegExp(`(?!(?<=\\p{Extended_Pictographic})\\ufe0f)[${UNSEEN_CHARACTERS}]`, 'gu');

/** Text of agents, made harmless: what cannot be seen is named, and what is too long says that it was cut. */
export function plain(text: string): string {
  const cut = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}… (cut)` : text;
  return seen(cut);
}

const seen = (text: string): string =>
  text.replace(
    UNSEEN,
    (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );

type Data = Message['data'];
const agentOf = ({ agent }: Data) => plain(agent?.name ?? 'An agent');
const toolOf = ({ tool }: Data) => plain(tool ?? 'a tool');
const riskOf = ({ risk }: Data) => `${risk ?? 'unknown'} risk`;
const utc = (instant: string) => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

const HEADLINES: Readonly<Record<Message['type'], (data: Data) => string>> = {
  'approval.requested': (data) =>
    `${agentOf(data)} waits for approval: ${toolOf(data)} (${riskOf(data)})`,
  'approval.escalated': (data) =>
    `Still waiting: ${toolOf(data)} by ${agentOf(data)} (${riskOf(data)})`,
  'approval.closed': (data) =>
    `${plain(data.state ?? 'closed')}: ${toolOf(data)} by ${agentOf(data)}`,
  'incident.opened': (data) => `Incident of severity ${data.severity}: ${plain(data.title ?? '')}`,
  'kill_switch.set': (data) => `Kill switch set: ${plain(data.scope ?? '')}`,
  'grant.unused': (data) => `Nobody uses a grant: ${toolOf(data)} by ${agentOf(data)}`,
  'agent.key_expiring': (data) =>
    `The last key of ${agentOf(data)} ends${data.expiresAt === undefined ? '' : ` at ${utc(data.expiresAt)}`}`,
  test: () => 'A test message of Belay',
};

/** One line that says what happened. */
export const headlineOf = ({ type, data }: Message): string => HEADLINES[type](data);

const CANARY = 'Belay made this call up to see whether it is noticed; the agent never asked for it';

/** Names and values, in the order of importance. @param now milliseconds since the epoch */
export function factsOf({ data }: Message, now: number): (readonly [string, string])[] {
  const { agent, tool, risk, expiresAt, key, resource, arguments: args, canary } = data;
  return [
    ['Workspace', plain(data.workspace.name)],
    ...(agent === undefined ? [] : [['Agent', plain(agent.name)] as const]),
    ...(tool === undefined ? [] : [['Tool', plain(tool)] as const]),
    ...(key === undefined ? [] : [['Key', plain(key)] as const]),
    ...(risk === undefined ? [] : [['Risk', risk] as const]),
    ...(expiresAt === undefined ? [] : [['Time left', timeLeft(expiresAt, now)] as const]),
    ...(canary === true ? [['Canary', CANARY] as const] : []),
    ...(resource === undefined ? [] : [['Resource', shortJson(resource)] as const]),
    ...(args === undefined ? [] : [['Arguments', shortJson(args)] as const]),
  ];
}

function timeLeft(expiresAt: string, now: number): string {
  const minutes = Math.floor((Date.parse(expiresAt) - now) / 60_000);
  if (minutes < 0) return 'none: it has expired';
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** Says that something was left out, and where the rest is. */
const CUT = '… (cut: open Belay to read the rest)';

/** At most so many characters, the words that say that it was cut among them; no character is halved. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - CUT.length).replace(/[\ud800-\udbff]$/, '')}${CUT}`;
}

function shortJson(value: unknown): string {
  return cutTo(seen(JSON.stringify(value)), LONGEST_ARGUMENTS);
}
