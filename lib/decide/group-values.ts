/**
 * Which values of like requests may differ. Only what says *which one of many* and nothing of *what it does, where it goes or
 * how much*: whoever approves a group looks at fifty lines, and what an agent may put into them is decided here
 * (docs/decisions/0034-groups-of-like-requests.md). Pure.
 */

/** Longest run of digits that may differ: account numbers, cards, phones, and sums of this size stay as they are. */
const MOST_DIGITS_IN_A_ROW = 9;
const MOST_DIGITS = 12;
/** Whole numbers from here on, and everything beyond, stay as they are: they are as long as an account number. */
const LARGE = 10 ** MOST_DIGITS_IN_A_ROW;

const DAY_OR_INSTANT = /^(\d{4})-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Letters at the front, then nothing but digits, which `-` and `_` may part. A letter after a digit could be the start of a word. */
const IDENTIFIER = /^[A-Za-z_-]*\d+(?:[-_]\d+)*$/;
/** Longer ones are no identifier. */
const LONGEST = 64;

/** Days and instants of one year are of one kind. A date leads nowhere, so that it may differ under every name. */
export function timeKind(value: string): string | undefined {
  const year = value.length > LONGEST ? undefined : DAY_OR_INSTANT.exec(value)?.[1];
  return year === undefined ? undefined : `time:${year}`;
}

/** The kind of a text that may differ: a time, a UUID, or an identifier in which only digits differ; undefined for every other. */
export function textKind(value: string): string | undefined {
  if (value.length > LONGEST) return undefined;
  if (UUID.test(value)) return 'uuid';
  const isIdentifier = IDENTIFIER.test(value) && !looksLikeAccount(value);
  return timeKind(value) ?? (isIdentifier ? `identifier:${value.replace(/\d/g, '0')}` : undefined);
}

function looksLikeAccount(value: string): boolean {
  const runs = value.match(/\d+/g) ?? [];
  return (
    runs.some((run) => run.length > MOST_DIGITS_IN_A_ROW) || runs.join('').length > MOST_DIGITS
  );
}

/** Numbers vary within a power of ten: 40 and 45 are alike, 40 and 4,000,000 are not. Large ones do not vary. */
export function numberKind(value: number): string | undefined {
  if (value === 0) return 'zero';
  if (Math.abs(value) >= LARGE) return undefined;
  const size = Math.floor(Math.log10(Math.abs(value)));
  return `number:${value < 0 ? '-' : '+'}${Number.isInteger(value) ? 'i' : 'f'}${size}`;
}

/** Words that say so only when they stand alone: `to` is one in `sendTo`, and none in `total`. */
const SHORT_WORDS = new Set(
  (
    'to cc bcc from for ip db env acl tel fax url uri dir mode pin pix swift bic sort card role scope ' +
    'stage zone script'
  ).split(' '),
);
const LONG_WORDS =
  /iban|accoun|konto|acct|routing|wallet|recipient|receiver|payee|beneficiar|creditor|debtor|dest|target|address|addr|phone|mobile|mail|host|server|domain|endpoint|webhook|callback|path|file|folder|directory|bucket|environment|region|cluster|namespace|database|schema|table|branch|repo|remote|group|permission|privilege|token|secret|password|credential|command|query|config|^key$|(?:api|access|private|public|ssh)[ _-]?key/;

/**
 * Whether a name says where something goes, or what it may do: its value is the same in all requests of a group, whatever it looks
 * like. Names nobody thought of are caught by the rules about values alone.
 *
 * @example namesTarget('toAccount') // true
 */
export function namesTarget(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return LONG_WORDS.test(words) || words.split(/[^a-z]+/).some((word) => SHORT_WORDS.has(word));
}
