import { describe, expect, it } from 'vitest';
import type { LadderBody } from '@/lib/contracts';
import { ladderChanges, ladderProblems } from './ladder-words';

const ladder: LadderBody = {
  rungs: [0, 0.3, 0.5, 0.7, 0.9].map((min, index) => ({
    rung: index + 1,
    name: `rung ${index + 1}`,
    min,
  })),
  hysteresis: 0.02,
  dwellSeconds: 86_400,
  minimumEvidence: 20,
  layerFloor: 0.3,
};
const withMin = (rung: number, min: number): LadderBody => ({
  ...ladder,
  rungs: ladder.rungs.map((entry) => (entry.rung === rung ? { ...entry, min } : entry)),
});

describe('ladderChanges', () => {
  it('says nothing when nothing changed', () => {
    expect(ladderChanges(ladder, structuredClone(ladder))).toEqual([]);
  });

  it('says each change with both values and their units', () => {
    expect(
      ladderChanges(ladder, { ...withMin(4, 0.75), dwellSeconds: 3_600, hysteresis: 0.035 }),
    ).toEqual([
      'Rung 4 begins at 0.75 instead of 0.70.',
      'Climbing needs 3.5 points above the threshold instead of 2 points.',
      'The score must stay there for 1 h instead of 1 d.',
    ]);
  });

  it('says from how many safety checks on they count, also when the ladder before did not', () => {
    expect(ladderChanges(ladder, { ...ladder, minimumSafetyChecks: 1 })).toEqual([]);
    expect(ladderChanges(ladder, { ...ladder, minimumSafetyChecks: 5 })).toEqual([
      'Safety checks of 24 hours count from 5 on instead of 1.',
    ]);
  });
});

describe('ladderProblems', () => {
  it('accepts the default', () => {
    expect(ladderProblems(ladder)).toEqual({});
  });

  it('refuses thresholds that do not rise, and numbers that are none', () => {
    const noChecks = { ...ladder, minimumSafetyChecks: 0 };
    expect(Object.keys(ladderProblems(noChecks))).toEqual(['safety-checks']);
    expect(Object.keys(ladderProblems(withMin(3, 0.8)))).toEqual(['min-4']);
    expect(Object.keys(ladderProblems(withMin(3, Number.NaN)))).toContain('min-3');
  });
});
