/** Asks a decision point over HTTP, for a bounded time, and not at all while it keeps failing. */
import {
  admit,
  CLOSED,
  DIALECTS,
  failedBase,
  settle,
  type BaseDecision,
  type BaseFailure,
  type BasePolicy,
  type BasePolicyInput,
  type DialectName,
} from '@/lib/policy/base';

export interface BasePolicyPlace {
  readonly kind: DialectName;
  /** Without a trailing slash. */
  readonly url: string;
  /** The rule's path, for OPA. */
  readonly path: string;
  readonly timeoutMs: number;
  /** Sent as a bearer token. */
  readonly token: string | undefined;
}

const MAX_ANSWER_BYTES = 64 * 1024;

type Asked =
  | { readonly decision: BaseDecision }
  | {
      readonly failure: BaseFailure;
      /** Says something about the place, not about this question. */ readonly counts: boolean;
    };

/**
 * Only what tells that the place itself is in trouble opens the circuit: silence, no connection, 5xx and 429. A question it
 * refuses or answers with nonsense is denied alone; otherwise one agent with odd arguments could shut out all others.
 *
 * @param clock milliseconds since the epoch
 */
export function httpBasePolicy(place: BasePolicyPlace, clock: () => number): BasePolicy {
  let breaker = CLOSED;
  return {
    async decide(input) {
      const admitted = admit(breaker, clock());
      breaker = admitted.breaker;
      if (admitted.pass === 'refused') return failedBase('circuit_open');
      const asked = await ask(place, input);
      const answered = 'decision' in asked || !asked.counts;
      breaker = settle(breaker, admitted.pass, answered, clock());
      return 'decision' in asked ? asked.decision : failedBase(asked.failure);
    },
  };
}

async function ask(place: BasePolicyPlace, input: BasePolicyInput): Promise<Asked> {
  const dialect = DIALECTS[place.kind];
  try {
    const response = await fetch(dialect.address(place), {
      method: 'POST',
      headers: headersOf(place),
      body: JSON.stringify(dialect.body(input)),
      // Where the question goes is what an admin wrote, not what an answer says.
      redirect: 'manual',
      signal: AbortSignal.timeout(place.timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return refusalOf(response.status);
    }
    const decision = dialect.read(parsed(await textOf(response)));
    return decision === undefined ? { failure: 'unreadable', counts: false } : { decision };
  } catch (error) {
    const timeout = error instanceof Error && error.name === 'TimeoutError';
    return { failure: timeout ? 'timeout' : 'unreachable', counts: true };
  }
}

function headersOf({ token }: BasePolicyPlace): Record<string, string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
}

function refusalOf(status: number): Asked {
  if (status >= 500 || status === 429) return { failure: 'unreachable', counts: true };
  return { failure: 'refused', counts: false };
}

/** The text of an answer, or nothing when it is longer than a decision can be. */
async function textOf(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
