import { emptyState } from './evidence';
import { foldSignals } from './fold';
import { readTrust } from './read';
import type { Debt, Signal, TrustConfig, TrustState } from './types';

/**
 * Scores computed again from recorded evidence, for an auditor who has the ledger and this engine and trusts nothing else. The
 * same signals give the same score to the last bit, whenever and in whatever batches they are folded.
 */
export class ScoreReplay {
  readonly #states = new Map<string, TrustState>();

  constructor(private readonly config: TrustConfig) {}

  /** An agent is registered, with what it owes. Times in milliseconds since the epoch. */
  begin(agentId: string, at: number, debt?: Debt): void {
    this.#states.set(agentId, emptyState(at, debt));
  }

  /**
   * Evidence about an agent came in, as recorded: none of it lies after `at`.
   *
   * @returns its score at `at`, in [0, 1]; undefined for an agent whose registration was not seen
   * @throws TrustError for a signal the engine would not have taken
   */
  fold(agentId: string, at: number, signals: readonly Signal[]): number | undefined {
    const before = this.#states.get(agentId);
    if (before === undefined) return undefined;
    const state = signals.length === 0 ? before : foldSignals(before, signals, this.config);
    this.#states.set(agentId, state);
    return readTrust(state, this.config, at).score;
  }
}
