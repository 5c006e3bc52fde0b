/**
 * Earlier answers to reads, for those that Belay says need no new one for some seconds. They hold only while the stream of events
 * is open: a switch, a restriction, a fall of trust or another rule empties this at once, and so does a stream that breaks.
 */
import serialize from 'canonicalize';
import type { AgentClient } from '../agent-client.js';
import type { EvaluationBatches } from '../evaluation-batches.js';
import type { DecisionRef } from '../guard/guarded.js';
import type { Reports } from '../guard/reports.js';
import type { AgentEvent, Evaluation, EvaluationResponse, OutcomeReport } from '../wire.js';
import { EventStream } from './event-stream.js';
import { LateReports } from './late-reports.js';

interface Kept {
  readonly decision: DecisionRef;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

const MOST = 1_000;
/** One point of a score, as it is shown: less than that is the decay of every day. */
const FALL = 0.01;

/** What happens all the time and takes nothing back; everything else empties the cache, also what this version does not know. */
const HARMLESS = new Set(['decision.made', 'approval.opened', 'approval.closed', 'approval.used']);

export class ReadCache {
  readonly #kept = new Map<string, Kept>();
  readonly #stream: EventStream;
  readonly #late: LateReports;
  #open = false;
  /** Changes whenever something was taken back: an answer that was asked for before is not kept. */
  #generation = 0;
  #rung = 0;

  constructor({
    client,
    batches,
    reports,
  }: {
    readonly client: AgentClient;
    readonly batches: EvaluationBatches;
    readonly reports: Reports;
  }) {
    this.#late = new LateReports(batches, reports, () => this.#forget());
    this.#stream = new EventStream(client.transport, {
      onOpen: () => this.#forget(true),
      onBroken: () => this.#forget(false),
      onEvent: (event) => this.#hear(event),
    });
  }

  /** Whether answers are kept now. */
  get open(): boolean {
    return this.#open;
  }

  /** The answer that still holds for this very read. */
  find(evaluation: Evaluation): DecisionRef | undefined {
    if (this.#kept.size === 0) return undefined;
    const key = keyOf(evaluation);
    const kept = this.#kept.get(key);
    if (kept === undefined || kept.until > Date.now()) return kept?.decision;
    this.#kept.delete(key);
    return undefined;
  }

  /** When a question is asked, to be given to `keep` with its answer. */
  now(): number {
    return this.#generation;
  }

  /** @param asked what `now` said when it was asked */
  keep(evaluation: Evaluation, decision: EvaluationResponse['context'], asked: number): void {
    const { cacheableFor, outcome, trust } = decision;
    if (trust.rung < this.#rung) this.#forget();
    this.#rung = trust.rung;
    if (!this.#open || asked !== this.#generation) return;
    if (outcome !== 'allow' || cacheableFor === undefined || cacheableFor <= 0) return;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(keyOf(evaluation), { decision, until: Date.now() + cacheableFor * 1000 });
  }

  /** @returns tells Belay of this use, once it is over */
  used(evaluation: Evaluation): (outcome: OutcomeReport) => void {
    return (outcome) => this.#late.add(evaluation, outcome);
  }

  /** Until Belay has heard of every use, or of those in `session`. */
  settle(session?: string, signal?: AbortSignal): Promise<void> {
    return this.#late.settle(session, signal);
  }

  close(): void {
    this.#stream.close();
    this.#forget(false);
  }

  #hear({ type, trust }: AgentEvent): void {
    if (HARMLESS.has(type)) return;
    if (type !== 'trust.changed' || trust === undefined) return this.#forget();
    const fell = [...this.#kept.values()].some(
      ({ decision }) =>
        trust.rung < decision.trust.rung || trust.score <= decision.trust.score - FALL,
    );
    if (fell || trust.rung < this.#rung) this.#forget();
    this.#rung = trust.rung;
  }

  #forget(open = this.#open): void {
    this.#open = open;
    this.#generation += 1;
    this.#kept.clear();
  }
}

const keyOf = (evaluation: Evaluation): string => serialize(evaluation) ?? '';
