import type { Approval, Json } from '@/lib/contracts';
import { elideToText } from './elide';
import { toolPhrase } from './tool-phrase';

/**
 * What a call would do, in one line that Belay writes from the tool's name and the arguments.
 * The agent's own prose (subject, body, description, ...) never becomes part of it: only its size is told.
 */
export type SummaryPart =
  | { readonly kind: 'text'; readonly text: string }
  /** The name of an argument or a kind of resource: as untrusted as a value, but read as a word of the sentence. */
  | { readonly kind: 'name'; readonly text: string }
  /** A value out of the arguments: untrusted, shown in monospace with invisible characters visible. */
  | { readonly kind: 'value'; readonly text: string };

export interface SummaryInput {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, Json>>;
  readonly resource: { readonly type: string; readonly id: string };
  /** Characters of one value, at least 12. */
  readonly valueLength?: number;
}

/** The parts of an approval that a summary is made of: of one that was approved with edits, what can run. */
export function summaryInputOf(
  approval: Pick<Approval, 'action' | 'resource'> & Partial<Pick<Approval, 'verdict'>>,
): SummaryInput {
  const sent = approval.verdict?.edit?.arguments ?? approval.action.properties.arguments;
  return {
    tool: approval.action.name,
    arguments: { ...approval.resource.properties, ...sent },
    resource: approval.resource,
  };
}

type Role = 'target' | 'id' | 'copy' | 'amount' | 'statement' | 'prose' | 'context' | 'plain';

interface Entry {
  readonly key: string;
  readonly value: Json;
  readonly role: Role;
}

/** First match decides; the order of roles is also the order in the sentence. */
const ROLE_PATTERNS: readonly (readonly [Role, RegExp])[] = [
  ['copy', /^(cc|bcc)$/],
  [
    'target',
    /^(to|recipients?|address(es)?|participants?|channel|url|uri|host|iban|account|email)$/,
  ],
  ['target', /_(email|recipient|address|url|account|iban|host)$/],
  ['id', /(^|_)ids?$/],
  ['amount', /(^|_)(amount|total|price|limit)$/],
  ['context', /(^|_)currency$/],
  ['statement', /^(sql|query|command|cmd|script|code|statement|filter|where|expression|path)$/],
  [
    'prose',
    /^(body|content|text|message|description|subject|title|notes?|summary|reason|comment|html|markdown)$/,
  ],
];
const ROLE_ORDER: readonly Role[] = [
  'target',
  'copy',
  'id',
  'amount',
  'statement',
  'plain',
  'prose',
];
/** Characters of one value where a whole call has one line. */
const VALUE_LENGTH = 48;
/** A statement is most of what its call does. */
const STATEMENT_LENGTH = 80;
/** Where the call is open: next to always the whole value. */
export const OPEN_VALUE_LENGTH = 240;
const NAME_LENGTH = 32;
const MOST_PLAIN = 3;
/** Values of a list, and fields of a value, that are all named. */
const MOST_LISTED = 4;
const MOST_FIELDS = 2;

export function summarizeAction(input: SummaryInput): SummaryPart[] {
  const phrase = toolPhrase(input.tool);
  const parts: SummaryPart[] =
    phrase === null ? [text('Call '), value(input.tool)] : [text(phrase)];
  return [...parts, ...summarizeArguments(input, phrase?.split(' ').at(-1) ?? null)];
}

/** Whom or what the call reaches: every target and copy, and the resource. */
export function summarizeTarget(input: SummaryInput): SummaryPart[] {
  const { addressed, where } = clausesOf(input);
  return joinClauses([...addressed, ...where]);
}

/** The part after the verb: targets first, then amounts, statements, other values, and the size of the prose. */
function summarizeArguments(input: SummaryInput, noun: string | null): SummaryPart[] {
  const { addressed, where, rest, left } = clausesOf(input);
  const [first, ...others] = [...addressed, ...where, ...rest];
  const parts = joinClauses([...(first === undefined ? [] : [afterNoun(first, noun)]), ...others]);
  return left === 0 ? parts : [...parts, text(`, and ${count(left, 'more argument')}`)];
}

type Clause = readonly SummaryPart[];

function clausesOf(input: SummaryInput) {
  const entries = Object.entries(input.arguments)
    .map(([key, item]): Entry => ({ key, value: item, role: roleOf(key) }))
    .filter((entry) => !isEmpty(entry.value));
  const left = entries.filter((entry) => entry.role === 'plain').slice(MOST_PLAIN);
  const chosen = ROLE_ORDER.flatMap((role) =>
    entries.filter((entry) => entry.role === role && !left.includes(entry)),
  );
  const currency = entries.find((entry) => entry.role === 'context')?.value;
  const named = chosen.find(({ value: item }) => item === input.resource.id);
  const reaches = ({ role }: Entry) => role === 'target' || role === 'copy';
  const { valueLength = VALUE_LENGTH } = input;
  const say = (entry: Entry): Clause => clause(entry, currency, valueLength);
  return {
    addressed: chosen.filter(reaches).map(say),
    where: mentions(chosen, input.resource.id) ? [] : [resourceClause(input, valueLength)],
    // What the call is done to comes before what is done to it.
    rest: [...(named === undefined ? [] : [named]), ...chosen.filter((entry) => entry !== named)]
      .filter((entry) => !reaches(entry))
      .map(say),
    left: left.length,
  };
}

/** "Read contract, contract K-1" and "Read contract on contract K-1" both read "Read contract K-1". */
function afterNoun(parts: Clause, noun: string | null): Clause {
  const [lead, kind, , shown] = parts.length === 4 ? parts : [text(''), ...parts, text('')];
  const isLead = lead?.kind === 'text' && /^ (on )?$/.test(lead.text);
  if (!isLead || kind?.kind !== 'name' || kind.text.toLowerCase() !== noun?.toLowerCase())
    return parts;
  return shown?.kind === 'value' ? [text(' '), shown] : parts;
}

function joinClauses(clauses: readonly Clause[]): SummaryPart[] {
  return clauses.flatMap((parts, index) => [
    ...(index > 0 || !readsOn(parts) ? [text(',')] : []),
    ...parts,
  ]);
}

/** The summary as one plain string, for labels and announcements. */
export function summaryText(parts: readonly SummaryPart[]): string {
  return parts
    .map((part) => part.text)
    .join('')
    .trim();
}

function roleOf(key: string): Role {
  const name = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return ROLE_PATTERNS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'plain';
}

function clause(entry: Entry, currency: Json | undefined, longest: number): SummaryPart[] {
  switch (entry.role) {
    case 'target':
      return [...targetLead(entry.key), ...values(entry.value, longest)];
    case 'amount':
      return [
        ...named(entry.key),
        value(typeof entry.value === 'number' ? amount(entry.value) : scalar(entry.value, longest)),
        ...(typeof currency === 'string' ? [text(' '), value(elideToText(currency, 12))] : []),
      ];
    case 'prose':
      return typeof entry.value === 'string'
        ? [
            text(' '),
            name(entry.key),
            text(` of ${count(Array.from(entry.value).length, 'character')}`),
          ]
        : [...named(entry.key), ...values(entry.value, longest)];
    case 'statement':
      return [...named(entry.key), ...values(entry.value, Math.max(longest, STATEMENT_LENGTH))];
    default:
      return [...named(entry.key), ...values(entry.value, longest)];
  }
}

/** `Send email to ...`, `Delete file on ...` and `Read contract K-1` need no comma after the verb. */
function readsOn([first, second]: readonly SummaryPart[]): boolean {
  if (first === undefined) return false;
  return /^ (to|on) /.test(first.text) || (first.text === ' ' && second?.kind === 'value');
}

function resourceClause({ resource }: SummaryInput, longest: number): SummaryPart[] {
  return [text(' on '), name(resource.type), text(' '), value(elideToText(resource.id, longest))];
}

function targetLead(key: string): SummaryPart[] {
  return /^(to|recipients?|address(es)?|email)$/i.test(key) ? [text(' to ')] : named(key);
}

function named(key: string): SummaryPart[] {
  return [text(' '), name(key), text(' ')];
}

function values(item: Json, longest: number): SummaryPart[] {
  if (isRecord(item)) return fields(item, longest);
  if (!Array.isArray(item)) return [value(scalar(item, longest))];
  const whole = item.map((one) => scalar(one, longest));
  if (item.length <= MOST_LISTED && whole.join(', ').length <= longest)
    return whole.flatMap((one, index) => [...(index > 0 ? [text(', ')] : []), value(one)]);
  const first = item
    .slice(0, 2)
    .flatMap((one, index) => [...(index > 0 ? [text(', ')] : []), value(scalar(one, longest))]);
  return item.length > 2
    ? [
        ...first,
        text(` and ${count(item.length - 2, 'more')} (${item.length.toLocaleString('en')} in all)`),
      ]
    : first;
}

/** The fields of a value that has few of them, each with its own value. */
function fields(item: Readonly<Record<string, Json>>, longest: number): SummaryPart[] {
  const all = Object.entries(item);
  if (all.length > MOST_FIELDS) return [value(scalar(item, longest))];
  return all.flatMap(([key, one], index) => [
    ...(index > 0 ? [text(', ')] : []),
    name(key),
    text(' '),
    value(scalar(one, longest)),
  ]);
}

const isRecord = (item: Json): item is { [key: string]: Json } =>
  item !== null && typeof item === 'object' && !Array.isArray(item);

function scalar(item: Json, longest: number): string {
  if (typeof item === 'string') return elideToText(item.replace(/\s+/g, ' '), longest);
  if (item === null || typeof item !== 'object') return String(item);
  return Array.isArray(item)
    ? `[${count(item.length, 'value')}]`
    : `{${count(Object.keys(item).length, 'field')}}`;
}

function mentions(entries: readonly Entry[], id: string): boolean {
  return entries.some((entry) =>
    Array.isArray(entry.value) ? entry.value.includes(id) : entry.value === id,
  );
}

function isEmpty(item: Json): boolean {
  return item === null || item === '' || (Array.isArray(item) && item.length === 0);
}

function amount(item: number): string {
  return item.toLocaleString('en', { maximumFractionDigits: 20 });
}

function count(total: number, noun: string): string {
  const plural = total === 1 || noun === 'more' ? noun : `${noun}s`;
  return `${total.toLocaleString('en')} ${plural}`;
}

function text(words: string): SummaryPart {
  return { kind: 'text', text: words };
}

function name(words: string): SummaryPart {
  return { kind: 'name', text: elideToText(words, NAME_LENGTH) };
}

function value(words: string): SummaryPart {
  return { kind: 'value', text: words };
}
