import { describe, expect, it } from 'vitest';
import { shapeHistory } from './shape';
import { tableRows } from './table-rows';

const at = (hours: number) => new Date(hours * 3_600_000).toISOString();
const point = (hours: number, score: number) => ({
  at: at(hours),
  score,
  rung: 2,
  layers: { identity: null, behavior: null, context: null, outcome: null },
});

describe('tableRows', () => {
  it('lists points, gaps and events together, newest first, with the change of each point', () => {
    const marks = [
      { at: at(2), kind: 'verdict', text: 'Approved', tone: 'positive' },
      { at: at(999), kind: 'verdict', text: 'Outside', tone: 'positive' },
    ] as const;
    const shape = shapeHistory({
      from: at(0),
      to: at(240),
      points: [point(1, 0.3), point(3, 0.25), point(200, 0.25)],
      marks: [],
    });
    const rows = tableRows(shape, marks);
    expect(rows.map((row) => row.kind)).toEqual(['point', 'point', 'gap', 'mark', 'point']);
    const changes = rows.flatMap((row) => (row.kind === 'point' ? [row.change] : []));
    expect(changes[1]).toBeCloseTo(-0.05);
    expect(changes[2]).toBeNull();
  });
});
