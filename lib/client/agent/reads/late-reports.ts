/** Reads that ran on an earlier answer, told to Belay afterwards: each becomes a decision of its own, with its outcome. */
import { BelayError, worthAnotherTry } from '../belay-error.js';
import type { EvaluationBatches } from '../evaluation-batches.js';
import type { Reports } from '../guard/reports.js';
import type { Evaluation, OutcomeReport } from '../wire.js';
import { abortable } from '../waiting.js';

interface Use {
  readonly evaluation: Evaluation;
  readonly outcome: OutcomeReport;
}

const MOST = 50;
const AFTER_MS = 500;
/** More than these are not kept while Belay is away; without it nothing more runs on earlier answers anyway. */
const MOST_KEPT = 10_000;

export class LateReports {
  #uses: Use[] = [];
  #sending: Promise<unknown> = Promise.resolve();
  #underWay: readonly Use[] = [];
  /** Why Belay has not heard of them yet. */
  readonly #failed = new Map<Use, BelayError>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onRefused Belay would not have allowed one any more, or does not answer */
  constructor(
    private readonly batches: EvaluationBatches,
    private readonly reports: Reports,
    private readonly onRefused: () => void,
  ) {}

  add(evaluation: Evaluation, outcome: OutcomeReport): void {
    const { context, ...rest } = evaluation;
    this.#uses.push({ evaluation: { ...rest, context: { ...context, cached: true } }, outcome });
    if (this.#uses.length >= MOST) this.#flush();
    else this.#schedule();
  }

  get pending(): number {
    return this.#uses.length + this.#underWay.length;
  }

  /**
   * Sends what waits, and ends when Belay has it.
   *
   * @param session only if something of this session is among it
   * @throws BelayError when Belay did not hear of something in this session
   */
  async settle(session?: string, signal?: AbortSignal): Promise<void> {
    const concerns = ({ evaluation }: Use) =>
      session === undefined || evaluation.context?.session === session;
    if (this.#uses.some(concerns)) this.#flush();
    if (this.#underWay.some(concerns)) await abortable(this.#sending, signal);
    const untold = this.#uses.find((use) => concerns(use) && this.#failed.has(use));
    const error = untold === undefined ? undefined : this.#failed.get(untold);
    if (session !== undefined && error !== undefined) throw error;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), AFTER_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uses = this.#uses;
    this.#uses = [];
    this.#underWay = [...this.#underWay, ...uses];
    this.#sending = Promise.all([this.#sending, ...uses.map((use) => this.#send(use))]);
  }

  async #send(use: Use): Promise<void> {
    const session = use.evaluation.context?.session;
    try {
      const { decision, context } = await this.batches.ask(use.evaluation);
      this.#failed.delete(use);
      // It ran, whatever Belay says of it now: the session is judged by what it read.
      if (!decision) this.onRefused();
      await this.reports.send(context.id, use.outcome, session);
    } catch (error) {
      this.#failed.delete(use);
      if (error instanceof BelayError && worthAnotherTry(error) && this.#uses.length < MOST_KEPT) {
        this.onRefused();
        this.#failed.set(use, error);
        this.#uses.push(use);
        this.#schedule();
      } else this.#refuse(session);
    }
    this.#underWay = this.#underWay.filter((other) => other !== use);
  }

  /** Belay does not take it: what was read stays unknown to it. */
  #refuse(session: string | undefined): void {
    this.reports.endSession(session);
    this.onRefused();
  }
}
