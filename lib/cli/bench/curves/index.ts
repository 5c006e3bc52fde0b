/** `npm run bench curves`: writes the golden scenarios as pictures to docs/trust. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenCurves } from '@/lib/trust/golden-curves';
import { drawCurve } from './draw';

export const PICTURES = 'docs/trust/curves';

/** The file of a scenario's picture, for example `docs/trust/curves/g1.svg`. */
export const pictureOf = (id: string): string => join(PICTURES, `${id.toLowerCase()}.svg`);

export function benchCurves(): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const curve of goldenCurves()) {
    writeFileSync(pictureOf(curve.id), drawCurve(curve));
    console.log(pictureOf(curve.id));
  }
  return Promise.resolve();
}
