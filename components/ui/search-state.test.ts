import { describe, expect, it } from 'vitest';
import { changedSearch } from './search-state';

describe('changedSearch', () => {
  it('sets, replaces and takes out keys, and keeps the others', () => {
    expect(changedSearch('?q=crm&rung=4', { rung: '5', status: 'active' })).toBe(
      '?q=crm&rung=5&status=active',
    );
    expect(changedSearch('?q=crm&rung=4', { rung: null, q: '' })).toBe('');
  });
  it('escapes what a person typed', () => {
    expect(changedSearch('', { q: 'a&b=c' })).toBe('?q=a%26b%3Dc');
  });
});
