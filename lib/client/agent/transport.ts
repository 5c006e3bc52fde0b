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
    const first = await this.#exchange(path, call, async (response) => {
      if (response.status !== 401) return { answer: await resultOf<Answer>(response) };
      await response.body?.cancel();
      return undefined;
    });
    if (first !== undefined) return first.answer;
    this.token.forget();
    return this.#exchange(path, call, (response) => resultOf<Answer>(response));
  }

  /** One request with the agent's token, and what `read` makes of its answer within the time limit. @throws BelayError `no_answer` */
  async #exchange<Result>(
    path: string,
    call: Call,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const { signal, timeoutMs = this.timeoutMs } = call;
    const ending = endingOf(signal, timeoutMs);
    try {
      return await read(await this.send(path, { ...call, signal: ending.signal }));
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw ending.signal.aborted ? noAnswer() : error;
    } finally {
      ending.end();
    }
  }

  /** One request with the agent's token, which lasts until its signal is aborted. @throws BelayError `no_answer` */
  async send(
    path: string,
    { method = 'POST', body, signal, idempotencyKey }: Call,
    headers: Readonly<Record<string, string>> = { accept: 'application/json' },
  ): Promise<Response> {
    signal?.throwIfAborted();
    const token = this.token.kept ?? (await abortable(this.token.current(), signal));
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
        ...(signal === undefined ? {} : { signal }),
      });
    } catch {
      throw noAnswer();
    }
  }
}

interface Ending {
  readonly signal: AbortSignal;
  /** The request is over: nothing has to end it any more. */
  readonly end: () => void;
}

/** Ends a request with the caller's signal or its time. By hand: `AbortSignal.any` and `timeout` cost more than the rest of a call. */
function endingOf(signal: AbortSignal | undefined, ms: number): Ending {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(), ms);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
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
