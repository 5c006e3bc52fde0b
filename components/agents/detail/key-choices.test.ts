import { describe, expect, it } from 'vitest';
import { keyRotationSchema } from '@/lib/contracts';
import { chosenIn, expiryOf, KEY_LIVES, OTHERS, rotationOf, type Others } from './key-choices';

const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'C'.repeat(43) };
const NOW = Date.parse('2026-11-22T10:00:00.000Z');

describe('a new key of an agent', () => {
  it.each(Object.keys(OTHERS) as Others[])('is taken with the choice "%s"', (others) => {
    expect(keyRotationSchema.safeParse({ publicKey, ...rotationOf(others) }).success).toBe(true);
  });

  it('ends the others at once, after an overlap, or not at all', () => {
    const sent = (others: Others) => keyRotationSchema.parse({ publicKey, ...rotationOf(others) });
    expect(sent('now')).toMatchObject({ replace: true, overlapSeconds: 0 });
    expect(sent('week')).toMatchObject({ replace: true, overlapSeconds: 604_800 });
    expect(sent('stay')).toMatchObject({ replace: false });
  });

  it('ends after its days, or has no end', () => {
    expect(expiryOf('days30', NOW)).toEqual({ expiresAt: '2026-12-22T10:00:00.000Z' });
    expect(expiryOf('never', NOW)).toEqual({});
  });

  it('is chosen by name, and what is no choice is the first', () => {
    expect(chosenIn(KEY_LIVES, 'never')).toBe('never');
    expect(chosenIn(OTHERS, 'toString')).toBe('minutes');
  });
});
