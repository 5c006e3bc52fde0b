import { describe, expect, it } from 'vitest';
import type { Explanation } from '@/lib/contracts';
import { waterfall } from './waterfall';

const NOW = '2026-03-01T12:00:00.000Z';
const contribution = (id: string, scoreDelta: number): Explanation['contributions'][number] => ({
  signalId: id,
  at: NOW,
  kind: 'outcome.approved',
  layer: 'outcome',
  source: 'reviewer:1',
  text: `signal ${id}`,
  layerDelta: scoreDelta * 2,
  scoreDelta,
  decisionId: null,
  detail: null,
});
const explanation = (deltas: number[], decayDelta = 0, stray = 0): Explanation => {
  const contributions = deltas.map((delta, index) => contribution(`s${index}`, delta));
  const after = 0.5 + decayDelta + stray + deltas.reduce((sum, delta) => sum + delta, 0);
  return {
    at: NOW,
    before: { at: NOW, score: 0.5, rung: 3 },
    after: { at: NOW, score: after, rung: 3 },
    contributions,
    decayDelta,
    configVersion: '1',
    ladderVersion: 1,
  };
};

describe('waterfall', () => {
  it('walks from before to after, decay first', () => {
    const { steps, before, after } = waterfall(explanation([0.02, -0.05], -0.01));
    expect(steps.map((step) => step.cause)).toEqual(['decay', 'outcome', 'outcome']);
    expect(before).toBe(0.5);
    expect(steps.at(-1)?.to).toBeCloseTo(after, 12);
    for (const [index, step] of steps.entries())
      expect(step.from).toBe(steps[index - 1]?.to ?? before);
  });
  it('takes the weakest signals together and still adds up', () => {
    const deltas = [0.1, 0.001, 0.002, -0.2, 0.003, 0.004];
    const { steps, after } = waterfall(explanation(deltas), 3);
    expect(steps.map((step) => step.key)).toEqual(['s0', 'rest', 's3']);
    expect(steps[1]?.contributions).toHaveLength(4);
    expect(steps.at(-1)?.to).toBeCloseTo(after, 12);
  });
  it('takes together what is negligible beside the strongest signal', () => {
    const { steps } = waterfall(explanation([0.0001, -0.5, 0.0002]));
    expect(steps.map((step) => step.key)).toEqual(['rest', 's1']);
    expect(waterfall(explanation([0.0001, 0.0002])).steps).toHaveLength(2);
  });
  it('says so when something is left that no signal explains', () => {
    const { steps } = waterfall(explanation([0.01], 0, 0.005));
    expect(steps.at(-1)).toMatchObject({ cause: 'rounding' });
    expect(steps.at(-1)?.delta).toBeCloseTo(0.005);
  });
  it('starts at zero for the first point of an agent', () => {
    const first = { ...explanation([]), before: null };
    expect(waterfall(first).before).toBe(0);
  });
  it('draws on a scale that holds every bar and stays inside 0 and 1', () => {
    const { scale, steps } = waterfall(explanation([0.45, -0.9], 0));
    for (const step of steps) {
      expect(step.to).toBeGreaterThanOrEqual(scale.min - 1e-9);
      expect(step.to).toBeLessThanOrEqual(scale.max + 1e-9);
    }
    expect(scale.min).toBeGreaterThanOrEqual(0);
    expect(scale.max).toBeLessThanOrEqual(1);
    const still = waterfall(explanation([]));
    expect(still.scale.max - still.scale.min).toBeGreaterThan(0.01);
  });
});
