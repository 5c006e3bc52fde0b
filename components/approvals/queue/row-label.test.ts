import { describe, expect, it } from 'vitest';
import { keyNow, NO_OWN_KEYS } from '../keys/own-keys';
import { groupWords } from './row-label';

const group = { key: 'refunds', size: 4 } as const;

describe('what a row says of its group', () => {
  it('names the key the page comes with', () => {
    const key = keyNow('g', NO_OWN_KEYS);
    expect(groupWords({ group }, 'folded', key)).toEqual(['4 like calls, g opens them']);
    expect(groupWords({ group }, 'open', key)).toEqual(['first of 4 like calls, g folds them']);
  });

  it('names the key the person has chosen instead', () => {
    const key = keyNow('g', { g: 'ö' });
    expect(groupWords({ group }, 'folded', key)).toEqual(['4 like calls, ö opens them']);
  });

  it('names no key where single keys are off', () => {
    expect(groupWords({ group }, 'folded', null)).toEqual(['4 like calls, folded']);
    expect(groupWords({ group }, 'open', null)).toEqual(['first of 4 like calls']);
  });

  it('says nothing for a call that stands alone', () => {
    expect(groupWords({ group }, 'alone', 'g')).toEqual([]);
    expect(groupWords({}, 'folded', 'g')).toEqual([]);
  });
});
