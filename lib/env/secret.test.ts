import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveKey, readSecret } from './secret';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'belay-secret-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('readSecret', () => {
  it('makes one once, readable by its owner only', () => {
    const secret = readSecret({ home, secret: undefined });
    expect(secret.length).toBeGreaterThanOrEqual(64);
    expect(readSecret({ home, secret: undefined })).toBe(secret);
    expect(statSync(join(home, 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['secret']);
  });

  it("prefers the operator's own and then writes nothing", () => {
    const own = 'x'.repeat(40);
    expect(readSecret({ home, secret: own })).toBe(own);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('deriveKey', () => {
  it('gives every purpose its own key, the same each time', () => {
    const secret = 's'.repeat(40);
    const keys = (['session', 'token-signing', 'permit-signing'] as const).map((purpose) =>
      deriveKey(purpose, 32, secret).toString('hex'),
    );
    expect(new Set(keys).size).toBe(3);
    expect(deriveKey('session', 32, secret).toString('hex')).toBe(keys[0]);
    expect(deriveKey('session', 64, secret)).toHaveLength(64);
  });
});
