import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goldenCurves } from '@/lib/trust/golden-curves';
import { drawCurve } from './draw';
import { pictureOf } from './index';

describe('the pictures of the golden scenarios', () => {
  const curves = goldenCurves();

  it('are there for G1 to G12', () => {
    expect(curves.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, n) => `G${n + 1}`));
  });

  it.each(curves)(
    '$id shows what the engine does today; if it should: npm run bench curves',
    (curve) => {
      expect(drawCurve(curve)).toBe(readFileSync(pictureOf(curve.id), 'utf8'));
    },
  );

  it('keep every point within the plot', () => {
    for (const { series } of curves)
      for (const { points } of series)
        for (const { score } of points) expect(score >= 0 && score <= 1).toBe(true);
  });
});
