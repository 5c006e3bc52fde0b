/** The keys of issuers: fetched from the configured address alone, kept for a while, and asked for again at a limited rate. */
import { Agent, fetch } from 'undici';
import {
  issuerKeySetSchema,
  type IssuerKeys,
  type IssuerKeySet,
  type KEY_FAILURES,
} from '@/lib/contracts';
import { AddressRefused, guardedLookup, refuseLiteral } from '@/lib/services/messages/guard';

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Keys are taken as current for this long. */
const FRESH_MS = 10 * 60_000;
/** An unknown key is a reason to ask again, at most this often. */
const AGAIN_MS = 30_000;
const MOST_KEPT = 1_000;

const agent = new Agent({
  connect: { lookup: guardedLookup, timeout: TIMEOUT_MS },
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
});

interface Failure {
  readonly code: (typeof KEY_FAILURES)[number];
  /** Of the answer, where there was one. */
  readonly status: number | null;
}

type Fetched = { readonly keys: IssuerKeySet } | { readonly failure: Failure };

interface Kept {
  readonly answer: Fetched;
  readonly askedAt: number;
}

/** Next loads modules more than once; what is kept is one a process. */
const holder = globalThis as typeof globalThis & {
  belayIssuerKeys?: Map<string, Promise<Kept>>;
  belayIssuerKeysSeen?: Map<string, IssuerKeys>;
};

/** An address as one workspace configured it. */
interface Place {
  readonly workspaceId: string;
  readonly url: string;
}

/**
 * The keys at an address.
 *
 * @param now milliseconds since the epoch
 * @param newer set when a key was not among those that are kept
 * @returns undefined when the issuer does not answer with keys
 */
export async function keysAt(
  place: Place,
  now: number,
  { newer = false }: { newer?: boolean } = {},
): Promise<IssuerKeySet | undefined> {
  const { answer, askedAt } = await keptOf(place.url, now, newer);
  see(place, answer, askedAt);
  return 'keys' in answer ? answer.keys : undefined;
}

async function keptOf(url: string, now: number, newer: boolean): Promise<Kept> {
  const kept = (holder.belayIssuerKeys ??= new Map<string, Promise<Kept>>());
  const known = await kept.get(url);
  if (known !== undefined && isUsable(known, now, newer)) return known;
  const asking = fetchKeys(url).then((answer): Kept => ({ answer, askedAt: now }));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(url, asking);
  return asking;
}

const nameOf = ({ workspaceId, url }: Place) => `${workspaceId} ${url}`;

/** What a workspace got when it needed the keys last, and when that was asked for. */
function see(place: Place, answer: Fetched, now: number): void {
  const seen = (holder.belayIssuerKeysSeen ??= new Map<string, IssuerKeys>());
  const at = new Date(now).toISOString();
  const before = seen.get(nameOf(place)) ?? NOTHING_SEEN;
  if (seen.size >= MOST_KEPT) seen.clear();
  seen.set(
    nameOf(place),
    'keys' in answer
      ? { count: answer.keys.keys.length, readAt: at, failure: null }
      : { ...before, count: null, failure: { ...answer.failure, at } },
  );
}

const NOTHING_SEEN: IssuerKeys = { count: null, readAt: null, failure: null };

/** What this process has seen of the keys at an address, for one workspace. Asks nobody. */
export const keysSeenAt = (place: Place): IssuerKeys =>
  holder.belayIssuerKeysSeen?.get(nameOf(place)) ?? NOTHING_SEEN;

function isUsable({ answer, askedAt }: Kept, now: number, newer: boolean): boolean {
  const age = now - askedAt;
  return newer || !('keys' in answer) ? age < AGAIN_MS : age < FRESH_MS;
}

async function fetchKeys(url: string): Promise<Fetched> {
  try {
    refuseLiteral(new URL(url));
    const response = await fetch(url, {
      headers: { accept: 'application/json', 'user-agent': 'Belay' },
      redirect: 'manual',
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return failed('status', response.status);
    const text = await textOf(response.body ?? []);
    return keysIn(text) ?? failed('no_keys', response.status);
  } catch (error) {
    return failed(isRefusal(error) ? 'address_refused' : 'no_answer');
  }
}

const failed = (code: Failure['code'], status: number | null = null) => ({
  failure: { code, status },
});

/** The address itself was refused, or the one that its name has. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AddressRefused ||
  (error instanceof Error && error.cause instanceof AddressRefused);

function keysIn(text: string): { keys: IssuerKeySet } | undefined {
  try {
    const parsed = issuerKeySetSchema.safeParse(JSON.parse(text));
    return parsed.success ? { keys: parsed.data } : undefined;
  } catch {
    return undefined;
  }
}

/** @throws when there is more of it than keys can be */
async function textOf(body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
