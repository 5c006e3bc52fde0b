import { describe, expect, it } from 'vitest';
import { MARK_KINDS } from '@/lib/contracts';
import { laneMarks, LANES, toneCounts, type Mark } from './lanes';

const range = { from: 0, to: 1_000_000 };
const mark = (at: number, kind: Mark['kind'], tone: Mark['tone'] = 'neutral'): Mark => ({
  at: new Date(at).toISOString(),
  kind,
  tone,
  text: `${kind} at ${at}`,
});

describe('laneMarks', () => {
  it('has exactly one lane for every kind of mark', () => {
    for (const kind of MARK_KINDS)
      expect(LANES.filter((lane) => lane.kinds.includes(kind))).toHaveLength(1);
  });
  it('leaves out lanes without marks and marks outside the range', () => {
    const lanes = laneMarks([mark(5, 'verdict'), mark(2_000_000, 'incident')], range, 0.01);
    expect(lanes.map((lane) => lane.key)).toEqual(['verdicts']);
  });
  it('joins marks that would cover each other and keeps them all', () => {
    const marks = [
      mark(100_000, 'verdict', 'positive'),
      mark(104_000, 'verdict', 'negative'),
      mark(500_000, 'verdict', 'positive'),
    ];
    const [lane] = laneMarks(marks, range, 0.01);
    expect(lane?.clusters.map((cluster) => [cluster.marks.length, cluster.tone])).toEqual([
      [2, 'mixed'],
      [1, 'positive'],
    ]);
    expect(lane?.count).toBe(3);
  });
  it('never lets a cluster grow wider than the distance at which marks are joined', () => {
    const marks = Array.from({ length: 50 }, (_, index) => mark(index * 4_000, 'verdict'));
    const [lane] = laneMarks(marks, range, 0.01);
    expect(lane?.clusters.length).toBeGreaterThan(10);
  });
  it('counts tones', () => {
    expect(toneCounts([mark(1, 'verdict', 'positive'), mark(2, 'verdict', 'positive')])).toEqual({
      positive: 2,
      negative: 0,
      neutral: 0,
    });
  });
});
