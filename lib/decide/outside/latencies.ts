/** How long the newest answers took: enough to say what is usual and what is rare. */

const KEPT = 200;

export interface LatencySummary {
  /** Milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How many answers that is over, 200 at most. */
  readonly answers: number;
}

export class Latencies {
  readonly #newest: number[] = [];

  /** @param ms how long an answer took */
  add(ms: number): void {
    this.#newest.push(ms);
    if (this.#newest.length > KEPT) this.#newest.shift();
  }

  /** Undefined while there was no answer. */
  summary(): LatencySummary | undefined {
    if (this.#newest.length === 0) return undefined;
    const sorted = [...this.#newest].sort((a, b) => a - b);
    return { p50Ms: rank(sorted, 0.5), p99Ms: rank(sorted, 0.99), answers: sorted.length };
  }
}

/** The nearest-rank percentile: the smallest value that at least this share of all values do not exceed. */
function rank(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
}
