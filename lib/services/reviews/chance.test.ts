import { describe, expect, it } from 'vitest';
import { chanceOf, drawFrom, drawOf, type Candidate } from './chance';

const key = Buffer.alloc(32, 7);
const known = { risk: 'low', writes: true, coverage: 1 } as const;
const candidates: Candidate[] = Array.from({ length: 4_000 }, (_, index) => ({
  ...known,
  decisionId: `decision-${index}`,
  agentId: 'a',
}));
const draw = (id: string) => drawOf(key, 'w', id);

describe('the chance of an action to be drawn', () => {
  it('is the rate itself for a low-risk write of an agent that is known', () => {
    expect(chanceOf(0.02, known)).toBe(0.02);
  });

  it('is higher for higher risk, for newer trust, and for writes', () => {
    const risks = (['low', 'medium', 'high', 'critical'] as const).map((risk) =>
      chanceOf(0.01, { ...known, risk }),
    );
    expect(risks).toEqual([...risks].sort((a, b) => a - b));
    expect(new Set(risks).size).toBe(4);
    expect(chanceOf(0.01, { ...known, coverage: 0 })).toBe(0.04);
    expect(chanceOf(0.01, { ...known, writes: false })).toBe(0.0025);
  });

  it('stays a chance, whatever is asked for', () => {
    for (const coverage of [-1, 0, 0.5, 1, 2])
      for (const rate of [0, 0.5, 1])
        for (const risk of ['low', 'critical'] as const) {
          const chance = chanceOf(rate, { risk, writes: true, coverage });
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
  });
});

describe('drawing', () => {
  it('draws about as many as the rate says, and the same ones again', () => {
    const settings = { sampleRate: 0.05, doubleShare: 0.2 };
    const drawn = drawFrom(candidates, settings, 4_000, draw);
    // 200 expected, standard deviation 14.
    expect(drawn.length).toBeGreaterThan(140);
    expect(drawn.length).toBeLessThan(260);
    expect(drawFrom(candidates, settings, 4_000, draw)).toEqual(drawn);
    const doubled = drawn.filter(({ wanted }) => wanted === 2).length / drawn.length;
    expect(doubled).toBeGreaterThan(0.1);
    expect(doubled).toBeLessThan(0.35);
  });

  it('draws others under another key, so that without it nobody can tell', () => {
    const settings = { sampleRate: 0.05, doubleShare: 0 };
    const mine = drawFrom(candidates, settings, 4_000, draw).map(({ decisionId }) => decisionId);
    const other = new Set(
      drawFrom(candidates, settings, 4_000, (id) => drawOf(Buffer.alloc(32, 8), 'w', id)).map(
        ({ decisionId }) => decisionId,
      ),
    );
    expect(mine.filter((id) => other.has(id)).length).toBeLessThan(mine.length / 4);
  });

  it('never draws more than there is room for, and nothing at rate 0', () => {
    expect(drawFrom(candidates, { sampleRate: 1, doubleShare: 0 }, 3, draw)).toHaveLength(3);
    expect(drawFrom(candidates, { sampleRate: 1, doubleShare: 0 }, -1, draw)).toEqual([]);
    expect(drawFrom(candidates, { sampleRate: 0, doubleShare: 0 }, 9, draw)).toEqual([]);
  });
});
