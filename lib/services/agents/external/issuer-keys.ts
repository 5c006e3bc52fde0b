/** The keys of issuers: fetched from the configured address alone, kept for a while, and asked for again at a limited rate. */
import { Agent, fetch } from 'undici';
import { issuerKeySetSchema, type IssuerKeySet } from '@/lib/contracts';
import { guardedLookup, refuseLiteral } from '@/lib/services/messages/guard';

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

interface Kept {
  /** Undefined when the last try failed. */
  readonly keys: IssuerKeySet | undefined;
  readonly askedAt: number;
}

/** Next loads modules more than once; what is kept is one a process. */
const holder = globalThis as typeof globalThis & { belayIssuerKeys?: Map<string, Promise<Kept>> };

/**
 * The keys at an address.
 *
 * @param now milliseconds since the epoch
 * @param newer set when a key was not among those that are kept
 * @returns undefined when the issuer does not answer with keys
 */
export async function keysAt(
  url: string,
  now: number,
  { newer = false }: { newer?: boolean } = {},
): Promise<IssuerKeySet | undefined> {
  const kept = (holder.belayIssuerKeys ??= new Map<string, Promise<Kept>>());
  const known = await kept.get(url);
  if (known !== undefined && isUsable(known, now, newer)) return known.keys;
  const asking = fetchKeys(url).then((keys): Kept => ({ keys, askedAt: now }));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(url, asking);
  return (await asking).keys;
}

function isUsable({ keys, askedAt }: Kept, now: number, newer: boolean): boolean {
  const age = now - askedAt;
  return keys === undefined || newer ? age < AGAIN_MS : age < FRESH_MS;
}

async function fetchKeys(url: string): Promise<IssuerKeySet | undefined> {
  try {
    refuseLiteral(new URL(url));
    const response = await fetch(url, {
      headers: { accept: 'application/json', 'user-agent': 'Belay' },
      redirect: 'manual',
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return undefined;
    const parsed = issuerKeySetSchema.safeParse(JSON.parse(await textOf(response.body ?? [])));
    return parsed.success ? parsed.data : undefined;
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
