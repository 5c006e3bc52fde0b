import { describe, expect, it } from 'vitest';
import type { Trust } from '@/lib/contracts';
import { GLYPH_SIZES, glyphShape } from './glyph-shape';

const known = { score: 0.5, coverage: 0.9, freshAt: '2026-01-01T00:00:00.000Z', alarm: false };
const unknown = { score: 0, coverage: 0, freshAt: null, alarm: false };
const trust: Trust = {
  score: 0.5,
  rung: 3,
  layers: {
    identity: { ...known, score: 1 },
    behavior: { ...known, score: 0 },
    context: known,
    outcome: unknown,
  },
};

describe.each(GLYPH_SIZES)('glyph at %i px', (size) => {
  const shape = glyphShape(trust, size);

  it('puts every bar on whole pixels inside the box', () => {
    for (const bar of shape.bars) {
      for (const value of [bar.x, bar.y, bar.width, bar.height])
        expect(Number.isInteger(value)).toBe(true);
      expect(bar.x + bar.width).toBeLessThanOrEqual(size);
      expect(bar.y + bar.height).toBeLessThanOrEqual(size);
    }
  });
  it('draws the score as height, and a score of zero as a pixel rather than nothing', () => {
    const [identity, behavior, context] = shape.bars;
    expect(identity?.height).toBe(shape.column.height);
    expect(behavior?.height).toBe(1);
    expect(context?.height).toBe(Math.round(shape.column.height / 2));
  });
  it('fills the column of an unknown layer to hatch it', () => {
    expect(shape.bars[3]).toMatchObject({ unknown: true, height: shape.column.height });
  });
  it('lights one segment of the ring for each rung', () => {
    expect(shape.lit.split(' ')).toHaveLength(2 * 3 + 2);
  });
  it('has a dot only when a layer is in alarm', () => {
    expect(shape.alarm).toBeNull();
    const alarmed = { ...trust, layers: { ...trust.layers, context: { ...known, alarm: true } } };
    expect(glyphShape(alarmed, size).alarm).not.toBeNull();
  });
});
