/** Which actions are drawn for review. Pure: the same key and action give the same answer, and without the key nobody can tell. */
import { createHmac } from 'node:crypto';
import type { Risk, VigilanceBody } from '@/lib/contracts';

/** How much more of a riskier action is drawn. */
const BY_RISK: Readonly<Record<Risk, number>> = { low: 1, medium: 2, high: 4, critical: 8 };
/** Reads are many and rarely go wrong in a way somebody can see. */
const READS = 0.25;
/** An agent nobody knows anything about is drawn this many times as often as one that is known. */
const UNKNOWN = 4;

export interface RanAlone {
  readonly risk: Risk;
  readonly writes: boolean;
  /** How much of the outcome layer rests on evidence when it was decided, in [0, 1]. */
  readonly coverage: number;
}

/**
 * The chance of an action to be drawn, in [0, 1]: the rate, times what its risk, its effect and the newness of the agent's trust ask
 * for. An agent whose outcomes are known through and through has the rate itself.
 *
 * @param rate share of low-risk writes of a well-known agent, in [0, 1]
 */
export function chanceOf(rate: number, { risk, writes, coverage }: RanAlone): number {
  const known = Math.min(1, Math.max(0, coverage));
  const newness = 1 + (UNKNOWN - 1) * (1 - known);
  return Math.min(1, rate * BY_RISK[risk] * newness * (writes ? 1 : READS));
}

const DRAW_BYTES = 6;
const DRAW_RANGE = 2 ** (8 * DRAW_BYTES);

/**
 * Two numbers in [0, 1) that belong to a decision, spread evenly: HMAC-SHA-256 of its id under a key of the installation. The agent
 * knows the id of its decision, but not the key.
 */
export function drawOf(
  key: Buffer,
  workspaceId: string,
  decisionId: string,
): { sampled: number; doubled: number } {
  const mac = createHmac('sha256', key).update(`${workspaceId}/${decisionId}`).digest();
  const part = (index: number) => mac.readUIntBE(index * DRAW_BYTES, DRAW_BYTES) / DRAW_RANGE;
  return { sampled: part(0), doubled: part(1) };
}

export interface Candidate extends RanAlone {
  readonly decisionId: string;
  readonly agentId: string;
}

export interface Drawn {
  readonly decisionId: string;
  readonly agentId: string;
  readonly chance: number;
  readonly wanted: 1 | 2;
}

/**
 * Those of some actions that are drawn. Where more are than there is room for, those go first that were drawn most clearly, so
 * that a busy hour does not push out what is riskier or newer.
 *
 * @param room how many samples may still be drawn today
 */
export function drawFrom(
  candidates: readonly Candidate[],
  { sampleRate, doubleShare }: Pick<VigilanceBody, 'sampleRate' | 'doubleShare'>,
  room: number,
  draw: (decisionId: string) => { sampled: number; doubled: number },
): Drawn[] {
  return candidates
    .map((candidate) => {
      const chance = chanceOf(sampleRate, candidate);
      return { candidate, chance, ...draw(candidate.decisionId) };
    })
    .filter(({ chance, sampled }) => sampled < chance)
    .sort((a, b) => a.sampled / a.chance - b.sampled / b.chance)
    .slice(0, Math.max(0, room))
    .map(({ candidate: { decisionId, agentId }, chance, doubled }) => ({
      decisionId,
      agentId,
      chance,
      wanted: doubled < doubleShare ? 2 : 1,
    }));
}
