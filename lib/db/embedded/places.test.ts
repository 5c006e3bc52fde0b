import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canEnter } from './places';

const SOMEBODY = { uid: 54_321, gid: 54_321 };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belay-places-'));
  mkdirSync(join(root, 'inner'));
  chmodSync(root, 0o711);
  chmodSync(join(root, 'inner'), 0o711);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('canEnter', () => {
  it('needs every directory on the way to let the account pass', () => {
    expect(canEnter(join(root, 'inner'), SOMEBODY)).toBe(true);
    chmodSync(root, 0o700);
    expect(canEnter(join(root, 'inner'), SOMEBODY)).toBe(false);
  });

  it('is always so for the account we run as', () => {
    chmodSync(root, 0o700);
    expect(canEnter(join(root, 'inner'), {})).toBe(true);
  });
});
