import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingPlatformPackages } from '../bootstrap/complete-lock.mjs';
import { VERSION_FLOORS } from './version-floors';

interface LockFile {
  packages: Record<string, { version?: string; resolved?: string; dependencies?: object }>;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

const numbersOf = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);

function isAtLeast(version: string, floor: string): boolean {
  const floors = numbersOf(floor);
  const [index] = numbersOf(version).flatMap((n, i) => (n === floors[i] ? [] : [i]));
  return index === undefined || (numbersOf(version)[index] ?? 0) > (floors[index] ?? 0);
}

describe('the packages', () => {
  it.each(Object.entries(VERSION_FLOORS))('have %s at %s or above', (name, floor) => {
    expect(isAtLeast(lock.packages[`node_modules/${name}`]?.version ?? '0.0.0', floor)).toBe(true);
  });

  it('are pinned to exact versions', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('name no registry in the lock file', () => {
    expect(Object.values(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual(
      [],
    );
  });

  it('are locked for every system, as npm ci wants; see complete-lock.mjs', () => {
    expect(Object.keys(missingPlatformPackages(lock.packages))).toEqual([]);
  });
});
