/**
 * Which values of like requests may differ. Only what says *which one of many* and nothing of *what it does, where it goes or
 * how much*: whoever approves a group looks at fifty lines, and what an agent may put into them is decided here
 * (docs/decisions/0034-groups-of-like-requests.md). Pure.
 */
import type { NameSense } from './group-names';

/** Longest run of digits that may differ behind letters: account numbers, cards and phones stay as they are. */
const MOST_DIGITS_IN_A_ROW = 9;
const MOST_DIGITS = 12;
/** Without letters in front it could be a part of a phone, an account or a bank. */
const MOST_BARE_DIGITS = 6;
/** With fewer, letters and digits name one of a few: a level, a plan, a stage. */
const FEWEST_DIGITS = 3;
/** Sums from here on, and everything beyond, stay as they are: they are as long as an account number. */
const LARGE_SUM = 1e9;
/** So do numbers of records. */
const LARGE_RECORD = 10 ** MOST_BARE_DIGITS;

const DAY = String.raw`(\d{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,6})?)?`;
const ZONE = String.raw`(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)`;
/** A day, or an instant of RFC 3339 whose seconds and zone may be missing. Nothing else is a time: digits behind a day lead somewhere. */
const DAY_OR_INSTANT = new RegExp(`^${DAY}(?:[T ]${TIME}${ZONE}?)?$`);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Letters at the front, then nothing but digits, which `-` and `_` may part. A letter after a digit could be the start of a word. */
const IDENTIFIER = /^[A-Za-z][A-Za-z_-]*\d+(?:[-_]\d+)*$/;
const BARE = new RegExp(String.raw`^\d{1,${MOST_BARE_DIGITS}}$`);
/** Longer ones are no identifier. */
const LONGEST = 64;

/** Days and instants of one year are of one kind. A date leads nowhere, so that it may differ under every name. */
export function timeKind(value: string): string | undefined {
  const year = value.length > LONGEST ? undefined : DAY_OR_INSTANT.exec(value)?.[1];
  return year === undefined ? undefined : `time:${year}`;
}

/**
 * The kind of a text that may differ; undefined for one that stays as it is. A time does under every name; a UUID, and letters with
 * at least three digits behind them, do unless the name is a target's; digits alone only where the name says what they count.
 */
export function textKind(value: string, sense: NameSense): string | undefined {
  if (value.length > LONGEST) return undefined;
  if (sense === 'target') return timeKind(value);
  return timeKind(value) ?? (UUID.test(value) ? 'uuid' : identifierKind(value, sense));
}

function identifierKind(value: string, sense: NameSense): string | undefined {
  const isKnown = sense === 'record' || sense === 'amount';
  const varies = BARE.test(value)
    ? isKnown
    : IDENTIFIER.test(value) && !looksLikeAccount(value) && (isKnown || isOneOfMany(value));
  return varies ? `identifier:${value.replace(/\d/g, '0')}` : undefined;
}

function looksLikeAccount(value: string): boolean {
  const runs = value.match(/\d+/g) ?? [];
  return (
    runs.some((run) => run.length > MOST_DIGITS_IN_A_ROW) || runs.join('').length > MOST_DIGITS
  );
}

const isOneOfMany = (value: string): boolean => value.replace(/\D/g, '').length >= FEWEST_DIGITS;

/**
 * The kind of a number that may differ; undefined for one that stays as it is. Sums vary within a power of ten: 40 and 45 are alike,
 * 40 and 4,000,000 are not; so do whole numbers of records. Under a name that tells neither, a number may be a flag, a place or a
 * right, and stays.
 */
export function numberKind(value: number, sense: NameSense): string | undefined {
  if (sense === 'target' || sense === 'unknown') return undefined;
  const isWhole = Number.isInteger(value);
  if (sense === 'record' && !isWhole) return undefined;
  if (Math.abs(value) >= (sense === 'record' ? LARGE_RECORD : LARGE_SUM)) return undefined;
  if (value === 0) return 'zero';
  const size = Math.floor(Math.log10(Math.abs(value)));
  return `number:${value < 0 ? '-' : '+'}${isWhole ? 'i' : 'f'}${size}`;
}
