/** Requests of an agent to Belay: its token, time limits, tries, and what a refusal says. */
import { AgentToken, type AgentCredential } from './agent-token.js';
import { answerOf, BelayError, errorOf, noAnswer, worthAnotherTry } from './belay-error.js';
import { abortable, pauseMs, sleep } from './waiting.js';

export interface TransportOptions extends AgentCredential {
  /** Milliseconds after which a try is given up; a wait gets its own time on top. */
  readonly timeoutMs?: number;
  /** How often a call that may be repeated is sent again when nothing answers, or Belay asks to come back; 0 unless given. */
  readonly retries?: number;
}

export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** Sending it twice is sending it once. */
  readonly repeatable?: boolean;
  /** Makes it so. */
  readonly idempotencyKey?: string | undefined;
}

const TIMEOUT_MS = 30_000;

export class Transport {
  readonly token: AgentToken;

  constructor(private readonly options: TransportOptions) {
    this.token = new AgentToken(options);
  }

  get timeoutMs(): number {
    return this.options.timeoutMs ?? TIMEOUT_MS;
  }

  /**
   * @throws BelayError when Belay refuses or does not answer; the reason of the signal when it is aborted
   */
  async call<Answer>(path: string, call: Call): Promise<Answer> {
    const repeatable = call.repeatable === true || call.idempotencyKey !== undefined;
    const tries = repeatable ? (this.options.retries ?? 0) + 1 : 1;
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#try<Answer>(path, call);
      } catch (error) {
        const pause = tried < tries ? pauseAfter(error, tried) : undefined;
        if (pause === undefined || call.signal?.aborted === true) throw error;
        await sleep(pause, call.signal);
      }
    }
  }

  /** One more send with a new token when the server no longer takes the old one. */
  async #try<Answer>(path: string, call: Call): Promise<Answer> {
    const first = await this.send(path, call);
    if (first.status !== 401) return resultOf<Answer>(first);
    await first.body?.cancel();
    this.token.forget();
    return resultOf<Answer>(await this.send(path, call));
  }

  /** One request with the agent's token. @throws BelayError `no_answer` */
  async send(
    path: string,
    { method = 'POST', body, signal, timeoutMs, idempotencyKey }: Call,
    headers: Readonly<Record<string, string>> = { accept: 'application/json' },
  ): Promise<Response> {
    signal?.throwIfAborted();
    const token = this.token.kept ?? (await abortable(this.token.current(), signal));
    const limit =
      timeoutMs === Infinity ? undefined : AbortSignal.timeout(timeoutMs ?? this.timeoutMs);
    const ends = [signal, limit].filter((end) => end !== undefined);
    const send = this.options.fetch ?? fetch;
    try {
      return await send(`${this.options.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(ends.length === 0 ? {} : { signal: AbortSignal.any(ends) }),
      });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw noAnswer();
    }
  }
}

/** How long to wait before the next try; undefined when none helps. */
function pauseAfter(error: unknown, tried: number): number | undefined {
  if (!(error instanceof BelayError)) return undefined;
  if (!worthAnotherTry(error) && error.code !== 'in_progress') return undefined;
  return pauseMs(tried, Math.random(), error.more.retryAfterMs);
}

async function resultOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw await errorOf(response);
  return answerOf<Answer>(response);
}
