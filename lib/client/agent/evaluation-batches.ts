/** Questions that are asked at the same time go out as one request, and each gets its own answer or its own error. */
import type { AgentClient } from './agent-client.js';
import { BelayError, worthAnotherTry } from './belay-error.js';
import type { Evaluation, EvaluationResponse } from './wire.js';
import { abortable } from './waiting.js';

/** Most questions of one request. */
const MOST = 50;
/** Belay takes 1 MiB; a question that does not fit beside others is asked alone. */
const MOST_CHARACTERS = 256 * 1024;

interface Asked {
  readonly evaluation: Evaluation;
  readonly characters: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: EvaluationResponse) => void;
  readonly reject: (error: unknown) => void;
}

export class EvaluationBatches {
  #waiting: Asked[] = [];
  #characters = 0;

  /** @param windowMs how long to wait for others; 0: for what is asked in the same turn of the event loop */
  constructor(
    private readonly client: AgentClient,
    private readonly windowMs: number,
  ) {}

  /** @throws BelayError; the reason of the signal when it is aborted, whatever becomes of the others */
  ask(evaluation: Evaluation, signal?: AbortSignal): Promise<EvaluationResponse> {
    return abortable(
      new Promise<EvaluationResponse>((resolve, reject) => {
        const characters = JSON.stringify(evaluation).length;
        if (this.#characters + characters > MOST_CHARACTERS) this.#flush();
        this.#waiting.push({ evaluation, characters, signal, resolve, reject });
        this.#characters += characters;
        if (this.#waiting.length === MOST) this.#flush();
        else if (this.#waiting.length === 1) later(() => this.#flush(), this.windowMs);
      }),
      signal,
    );
  }

  #flush(): void {
    // Who gave up before it went out is not asked about at all.
    const batch = this.#waiting.filter(({ signal }) => signal?.aborted !== true);
    this.#waiting = [];
    this.#characters = 0;
    if (batch.length > 0) void this.#send(batch);
  }

  async #send(batch: readonly Asked[]): Promise<void> {
    const key = crypto.randomUUID();
    const [first, ...others] = batch;
    if (first === undefined) return;
    if (others.length === 0) return this.#askAlone(first, key);
    try {
      const evaluations = batch.map(({ evaluation }) => evaluation);
      const answer = await this.client.evaluateAll({ evaluations }, { idempotencyKey: key });
      batch.forEach((asked, index) => {
        const one = answer.evaluations[index];
        // What was wrong with one of them is said to whoever asks for it alone; its key keeps it from being decided twice.
        if (one === undefined || 'error' in one.context)
          void this.#askAlone(asked, `${key}.${index}`);
        else asked.resolve(one);
      });
    } catch (error) {
      if (error instanceof BelayError && !worthAnotherTry(error)) {
        // One of them is not in order. The keys are those of the batch, so that what was decided in it is not decided again.
        await Promise.all(batch.map((asked, index) => this.#askAlone(asked, `${key}.${index}`)));
      } else batch.forEach(({ reject }) => reject(error));
    }
  }

  async #askAlone(asked: Asked, idempotencyKey: string): Promise<void> {
    const { evaluation, signal, resolve, reject } = asked;
    await this.client.evaluate(evaluation, { idempotencyKey, signal }).then(resolve, reject);
  }
}

type Later = (work: () => void) => unknown;

/** The end of this turn of the event loop, where the platform has one; a timer elsewhere. */
function later(work: () => void, ms: number): void {
  const { setImmediate: soon } = globalThis as { setImmediate?: Later };
  if (ms === 0 && soon !== undefined) soon(work);
  else setTimeout(work, ms);
}
