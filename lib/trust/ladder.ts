import type { Ladder, Rung, TrustReading } from './types';

const HOUR = 3600;

/** The default ladder of the product; managers store changed versions of it. */
export const defaultLadder: Ladder = {
  rungs: [
    { rung: 1, name: 'Read-only', min: 0 },
    { rung: 2, name: 'Suggest', min: 0.3 },
    { rung: 3, name: 'Execute with approval', min: 0.5 },
    { rung: 4, name: 'Conditional auto-execution', min: 0.7 },
    { rung: 5, name: 'Full autonomy', min: 0.9 },
  ],
  hysteresis: 0.02,
  dwellSeconds: 24 * HOUR,
  minimumEvidence: 20,
  layerFloor: 0.2,
};

/** An ordinary drop costs at most one rung in this time; a shock does not wait. */
export const DROP_MS = HOUR * 1000;

const RUNGS: readonly Rung[] = [1, 2, 3, 4, 5];

/** The threshold of a rung; 1 (never reached) when the ladder does not have it. */
export function thresholdOf(ladder: Ladder, rung: Rung): number {
  return ladder.rungs[rung - 1]?.min ?? 1;
}

export function nameOf(ladder: Ladder, rung: Rung): string {
  return ladder.rungs[rung - 1]?.name ?? `Rung ${rung}`;
}

/** The rung above, or null at the top. */
export function rungAbove(rung: Rung): Rung | null {
  return RUNGS[rung] ?? null;
}

export function rungBelow(rung: Rung): Rung {
  return RUNGS[rung - 2] ?? 1;
}

/** The highest rung whose threshold the score reaches: what it says without hysteresis, dwell or consensus. */
export function rungOfScore(ladder: Ladder, score: number): Rung {
  let reached: Rung = 1;
  for (const rung of RUNGS) if (score >= thresholdOf(ladder, rung)) reached = rung;
  return reached;
}

/** Score at which a rung begins to be gained: its threshold plus hysteresis, at most 1. */
export function barOf(ladder: Ladder, rung: Rung): number {
  return Math.min(1, thresholdOf(ladder, rung) + ladder.hysteresis);
}

/** Whether score, evidence, floors, alarms and incidents all speak for gaining a rung; the dwell comes on top. */
export function qualifies(
  reading: TrustReading,
  rung: Rung,
  ladder: Ladder,
  openIncident: boolean,
): boolean {
  if (openIncident || reading.score < barOf(ladder, rung)) return false;
  return Object.values(reading.layers).every(
    (layer) =>
      !layer.alarm && layer.score >= ladder.layerFloor && layer.evidence >= ladder.minimumEvidence,
  );
}
