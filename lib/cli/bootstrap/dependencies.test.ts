import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentStamp } from './content-stamp.mjs';
import { areDependenciesInstalled } from './dependencies.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belay-bootstrap-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lock = (file: string, packages: object) =>
  writeFileSync(join(root, file), JSON.stringify({ packages }));

const locked = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3' },
  'node_modules/mac-only': { version: '2.0.0', optional: true },
};

describe('areDependenciesInstalled', () => {
  it('is so when every package has the locked version, but for those of other systems', () => {
    lock('package-lock.json', locked);
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.3' } });
    expect(areDependenciesInstalled(root)).toBe(true);
  });

  it('is not so after the lock file moved on', () => {
    lock('package-lock.json', locked);
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.2' } });
    expect(areDependenciesInstalled(root)).toBe(false);
  });

  it('is not so after an installation that broke off', () => {
    lock('package-lock.json', locked);
    expect(areDependenciesInstalled(root)).toBe(false);
  });
});

describe('contentStamp', () => {
  it('changes with a byte, a name and a new file, and with nothing else', () => {
    const stamp = () =>
      contentStamp(root, ['src', 'missing.ts'], (path) => !path.endsWith('.test.ts'));
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src/a.ts'), 'one');
    const first = stamp();
    expect(stamp()).toBe(first);
    writeFileSync(join(root, 'src/a.test.ts'), 'not counted');
    expect(stamp()).toBe(first);
    writeFileSync(join(root, 'src/a.ts'), 'two');
    const second = stamp();
    writeFileSync(join(root, 'src/b.ts'), '');
    expect(new Set([first, second, stamp()]).size).toBe(3);
  });
});
