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

/** The parts of an approval that a summary is made of. */
export function summaryInputOf(approval: Pick<Approval, 'action' | 'resource'>): SummaryInput {
  return {
    tool: approval.action.name,
    arguments: { ...approval.resource.properties, ...approval.action.properties.arguments },
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
/** Where the call is open: next to always the whole value. */
export const OPEN_VALUE_LENGTH = 240;
const NAME_LENGTH = 32;
const MOST_PLAIN = 3;

export function summarizeAction(input: SummaryInput): SummaryPart[] {
  const phrase = toolPhrase(input.tool);
  const parts: SummaryPart[] =
    phrase === null ? [text('Call '), value(input.tool)] : [text(phrase)];
  return [...parts, ...summarizeArguments(input)];
}

/** Whom or what the call reaches: every target and copy, and the resource. */
export function summarizeTarget(input: SummaryInput): SummaryPart[] {
  const { addressed, where } = clausesOf(input);
  return joinClauses([...addressed, ...where]);
}

/** The part after the verb: targets first, then amounts, statements, other values, and the size of the prose. */
function summarizeArguments(input: SummaryInput): SummaryPart[] {
  const { addressed, where, rest, left } = clausesOf(input);
  const parts = joinClauses([...addressed, ...where, ...rest]);
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
  const reaches = ({ role }: Entry) => role === 'target' || role === 'copy';
  const { valueLength = VALUE_LENGTH } = input;
  const say = (entry: Entry): Clause => clause(entry, currency, valueLength);
  return {
    addressed: chosen.filter(reaches).map(say),
    where: mentions(chosen, input.resource.id) ? [] : [resourceClause(input, valueLength)],
    rest: chosen.filter((entry) => !reaches(entry)).map(say),
    left: left.length,
  };
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
    default:
      return [...named(entry.key), ...values(entry.value, longest)];
  }
}

/** `Send email to ...` and `Delete file on ...` need no comma after the verb. */
function readsOn([first]: readonly SummaryPart[]): boolean {
  return first !== undefined && /^ (to|on) /.test(first.text);
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
  if (!Array.isArray(item)) return [value(scalar(item, longest))];
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
