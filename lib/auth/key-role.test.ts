import { describe, expect, it } from 'vitest';
import type { KeyRole, PersonRole } from '@/lib/contracts';
import { roleOfKey } from './key-role';

describe('the role a key has now', () => {
  it.each<[KeyRole, PersonRole | undefined, KeyRole | undefined]>([
    ['admin', 'admin', 'admin'],
    ['admin', 'reviewer', 'reviewer'],
    ['admin', 'viewer', 'viewer'],
    ['reviewer', 'admin', 'reviewer'],
    ['viewer', 'viewer', 'viewer'],
    ['gateway', 'admin', 'gateway'],
    ['gateway', 'manager', 'gateway'],
    ['gateway', 'analyst', undefined],
    ['viewer', undefined, undefined],
    ['gateway', undefined, undefined],
  ])('of %s, made by somebody who is %s now, is %s', (key, author, expected) => {
    expect(roleOfKey(key, author)).toBe(expected);
  });
});
