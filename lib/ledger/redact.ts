import { sha256Hex } from './digest';
import {
  SECRET_KINDS,
  SECRET_PATTERNS,
  SHORTEST_SECRET,
  secretByName,
  type SecretKind,
} from './secret-kinds';

const MAX_DEPTH = 64;
/** Below this many bits a secret could be found by trying, so no digest of it is kept. */
const GUESSABLE_BITS = 80;

/** What stands in place of a secret. */
export interface Redacted {
  readonly redacted: SecretKind | 'too_deep';
  /** The text around the secret, when it was only a part. */
  readonly text?: string;
  /** SHA-256 of the original text, only when the secret cannot be found by trying. */
  readonly sha256?: string;
}

/**
 * A copy of a JSON value without secrets: members whose names announce one (`password`, `apiKey`, `authorization`, ...) and
 * texts that hold one (bearer tokens, signed tokens, private keys, keys with known prefixes, card numbers).
 *
 * A plain digest of a short secret is no protection: whoever reads the ledger can try all card numbers or the usual
 * passwords until the digest fits. So the digest of the original is kept only for secrets of at least 80 bits (by length
 * and alphabet); passwords, codes and card numbers never have one. What must be provable about the original is proved by
 * the action digest, which covers the arguments as a whole.
 *
 * Members that are undefined are dropped, as in JSON. Redacting twice changes nothing.
 *
 * @example redact({ to: 'a', password: 'x' }) // { to: 'a', password: { redacted: 'password' } }
 */
export function redact(value: unknown): unknown {
  return redactAt(value, 0);
}

function redactAt(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return redactNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return { redacted: 'too_deep' } satisfies Redacted;
  if (Array.isArray(value)) return value.map((item) => redactAt(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(members.map(([key, inner]) => [key, redactMember(key, inner, depth)]));
}

function redactMember(key: string, inner: unknown, depth: number): unknown {
  const kind = secretByName(key);
  const holdsSecret =
    (typeof inner === 'string' && inner !== '') ||
    typeof inner === 'number' ||
    typeof inner === 'object';
  if (kind === undefined || !holdsSecret || inner === null || isRedacted(inner)) {
    return redactAt(inner, depth + 1);
  }
  return { redacted: kind, ...digestOf(kind, inner) } satisfies Redacted;
}

/** Exactly what `redact` leaves under a secret name; anything more in it could be the secret again. */
function isRedacted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([key, inner]) =>
      (key === 'redacted' && SECRET_KINDS.some((kind) => kind === inner)) ||
      (key === 'sha256' && /^[0-9a-f]{64}$/.test(String(inner))),
  );
}

/** A card number may come as a number. */
function redactNumber(value: number): unknown {
  if (!Number.isSafeInteger(value) || value < 1e12) return value;
  const found = redactText(String(value));
  return typeof found === 'string' ? value : found;
}

function redactText(text: string): unknown {
  if (text.length < SHORTEST_SECRET) return text;
  let rest = text;
  let first: SecretKind | undefined;
  let secret = '';
  for (const { kind, pattern, accept } of SECRET_PATTERNS) {
    rest = rest.replace(pattern, (match) => {
      if (accept !== undefined && !accept(match)) return match;
      first ??= kind;
      secret = match;
      return `[${kind}]`;
    });
  }
  if (first === undefined) return text;
  const whole = secret.length === text.trim().length;
  return {
    redacted: first,
    ...(whole ? digestOf(first, text) : { text: rest }),
  } satisfies Redacted;
}

function digestOf(kind: SecretKind, value: unknown): { sha256?: string } {
  const guessable = kind === 'password' || kind === 'card_number' || kind === 'card_code';
  if (guessable || typeof value !== 'string' || bitsOf(value) < GUESSABLE_BITS) return {};
  return { sha256: sha256Hex(value) };
}

/** An upper estimate that is honest about repetition: distinct characters decide how much each one can say. */
function bitsOf(text: string): number {
  return text.length * Math.log2(Math.max(1, new Set(text).size));
}
