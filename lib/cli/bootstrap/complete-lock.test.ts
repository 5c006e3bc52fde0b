import { describe, expect, it } from 'vitest';
import { missingPlatformPackages } from './complete-lock.mjs';

describe('missingPlatformPackages', () => {
  it('names what others want in an exact version, with the systems that run it', () => {
    const packages = {
      'node_modules/tool': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: {
          '@tool/darwin-arm64': '1.2.3',
          '@tool/linux-x64-musl': '1.2.3',
          '@tool/linux-x64-gnu': '1.2.3',
          fsevents: '^2.0.0',
        },
      },
      'node_modules/@tool/linux-x64-gnu': { version: '1.2.3' },
    };
    expect(missingPlatformPackages(packages)).toEqual({
      'node_modules/@tool/darwin-arm64': {
        version: '1.2.3',
        cpu: ['arm64'],
        os: ['darwin'],
        dev: true,
        optional: true,
      },
      'node_modules/@tool/linux-x64-musl': {
        version: '1.2.3',
        cpu: ['x64'],
        os: ['linux'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
    });
  });
});
