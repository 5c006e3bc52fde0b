/** A million recorded signals, as the ledger's bytes, computed into scores again: how long, and whether every bit is the same. */
import { GENESIS_HEAD, nextEntry, type LedgerHead } from '@/lib/ledger';
import { ScoreReplay, defaultTrustConfig, type Signal } from '@/lib/trust';
import { MONDAY, ORDINARY, reviewed } from '@/lib/trust/scenarios';

const AGENTS = 50;
const SIGNALS_EACH = 4;

interface Body {
  readonly agent: string;
  readonly score: number;
  readonly signals: readonly Signal[];
}

/** Ordinary reviewed actions of fifty agents, every fiftieth rejected, written as the committer writes them. */
function writeEntries(signals: number): Uint8Array[] {
  const live = new ScoreReplay(defaultTrustConfig);
  for (let agent = 0; agent < AGENTS; agent += 1) live.begin(`agent-${agent}`, MONDAY);
  const entries: Uint8Array[] = [];
  let head: LedgerHead = GENESIS_HEAD;
  for (let n = 0; n < signals / SIGNALS_EACH; n += 1) {
    const at = MONDAY + n * 30_000;
    const agent = `agent-${n % AGENTS}`;
    const verdict = n % 50 === 49 ? 'outcome.rejected.not_needed' : 'outcome.approved';
    const evidence = [...ORDINARY, reviewed(verdict, `reviewer:${n % 10}`)].map((item, index) => ({
      id: `s${n}-${index}`,
      at,
      magnitude: 1,
      ...item,
    }));
    const score = live.fold(agent, at, evidence);
    const entry = nextEntry(head, {
      workspaceId: 'bench',
      kind: 'decision.made',
      at,
      actor: `agent:${agent}`,
      subject: `decision:${n}`,
      body: { agent, score, signals: evidence },
    });
    head = entry;
    entries.push(entry.bytes);
  }
  return entries;
}

export interface ReplayRate {
  readonly signals: number;
  readonly seconds: number;
  /** Scores that were not the same to the last bit. */
  readonly different: number;
}

export function measureReplay(signals = 1_000_000): ReplayRate {
  const entries = writeEntries(signals);
  const replay = new ScoreReplay(defaultTrustConfig);
  const decoder = new TextDecoder();
  let different = 0;
  const begun = performance.now();
  for (let agent = 0; agent < AGENTS; agent += 1) replay.begin(`agent-${agent}`, MONDAY);
  for (const bytes of entries) {
    const { at, body } = JSON.parse(decoder.decode(bytes)) as { at: string; body: Body };
    if (replay.fold(body.agent, Date.parse(at), body.signals) !== body.score) different += 1;
  }
  return { signals, seconds: (performance.now() - begun) / 1000, different };
}
