import { Differences } from '@/lib/ledger';
import { ScoreReplay, defaultTrustConfig, type Debt, type Signal } from '@/lib/trust';
import { readBatches, readHead, type LedgerRow } from './entries';

export interface ScoreDifference {
  readonly seq: number;
  readonly recorded: number;
  readonly recomputed: number;
}

export interface ScoreCheck {
  /** Recorded scores that were computed again. */
  readonly checked: number;
  /** The first that came out differently; null when every one is the same to the last bit. */
  readonly firstDifference: ScoreDifference | null;
  /** The first that came out differently, at most `MOST_DIFFERENCES`, in the order of the ledger. */
  readonly differences: readonly ScoreDifference[];
  /** How many follow after those. */
  readonly moreDifferences: number;
  /** Recorded scores of agents whose registration the ledger does not hold. */
  readonly unknown: number;
}

/** The bodies of the entries that move a score; every other kind is passed over. */
interface Bodies {
  'agent.registered': { readonly debt?: Debt | null };
  'decision.made': {
    readonly agent: string;
    /** Those who passed the action on: the lowest score of all was recorded. */
    readonly chain?: readonly string[];
    readonly score: number;
    readonly signals: readonly Signal[];
  };
  'signals.recorded': { readonly score: number; readonly signals: readonly Signal[] };
}

interface Recorded {
  readonly agentId: string;
  readonly chain?: readonly string[];
  readonly score: number;
  readonly signals: readonly Signal[];
}

/**
 * Computes every score of a workspace again from its ledger alone, and compares it with the score that was recorded. Scores follow
 * from the evidence and not from the score before, so one that was changed does not change the next.
 */
export async function replayScores(workspaceId: string): Promise<ScoreCheck> {
  const replay = new ScoreReplay(defaultTrustConfig);
  const counts = { checked: 0, unknown: 0 };
  const found = new Differences<ScoreDifference>();
  const { seq: until } = await readHead(workspaceId);
  for await (const rows of readBatches(workspaceId, until))
    for (const row of rows) {
      const recorded = recordedIn(row, replay);
      if (recorded === undefined) continue;
      const recomputed = scoreOf(recorded, row.at.getTime(), replay);
      if (recomputed === undefined) {
        counts.unknown += 1;
        continue;
      }
      counts.checked += 1;
      const { score } = recorded;
      if (recomputed !== score) found.add({ seq: row.seq, recorded: score, recomputed });
    }
  const differences = { differences: found.kept, moreDifferences: found.more };
  return { ...counts, firstDifference: found.first ?? null, ...differences };
}

/** A chain is trusted as far as its weakest link. Undefined where the registration of any of them was not seen. */
function scoreOf(
  { agentId, chain = [], signals }: Recorded,
  at: number,
  replay: ScoreReplay,
): number | undefined {
  const own = replay.fold(agentId, at, signals);
  const scores = [own, ...chain.map((id) => replay.fold(id, at, []))];
  return scores.reduce((lowest, score) =>
    lowest === undefined || score === undefined ? undefined : Math.min(lowest, score),
  );
}

/** What an entry records of a score, if it does. A registration begins an agent instead. */
function recordedIn(row: LedgerRow, replay: ScoreReplay): Recorded | undefined {
  const agentId = row.subject.replace(/^agent:/, '');
  switch (row.kind) {
    case 'agent.registered': {
      const { debt } = bodyOf(row, 'agent.registered');
      replay.begin(agentId, row.at.getTime(), debt ?? undefined);
      return undefined;
    }
    case 'decision.made': {
      const { agent, ...recorded } = bodyOf(row, 'decision.made');
      return { agentId: agent, ...recorded };
    }
    case 'signals.recorded':
      return { agentId, ...bodyOf(row, 'signals.recorded') };
    default:
      return undefined;
  }
}

function bodyOf<Kind extends keyof Bodies>(row: LedgerRow, _kind: Kind): Bodies[Kind] {
  const { body } = JSON.parse(row.bytes.toString('utf8')) as { body: Bodies[Kind] };
  return body;
}
