import { describe, expect, it } from 'vitest';
import { AGENT_SORTS, AGENT_STATUSES } from '@/lib/contracts';
import { changedSearch } from '@/components/ui/search-state';
import {
  filterWords,
  listSearch,
  parseListParams,
  SORTS,
  STATUSES,
  type ListParams,
} from './list-params';

const parse = (search: string) => parseListParams(new URLSearchParams(search));

describe('agents list parameters', () => {
  it('knows the sorts and statuses of the contract', () => {
    expect(SORTS).toEqual(AGENT_SORTS);
    expect(STATUSES).toEqual(AGENT_STATUSES);
  });
  it('comes back from the URL as it went in', () => {
    const params: ListParams = {
      q: 'crm & co',
      rung: 4,
      status: 'suspended',
      tag: 'finance',
      sort: 'score',
      order: 'desc',
    };
    expect(parse(changedSearch('', listSearch(params)))).toEqual(params);
  });
  it('ignores what it does not know', () => {
    expect(parse('rung=9&status=sleepy&sort=color&order=up')).toEqual(parse(''));
  });
  it('names every active filter and no others', () => {
    expect(filterWords(parse('q=crm&rung=2'))).toEqual(['search \u201Ccrm\u201D', 'rung 2']);
    expect(filterWords(parse('sort=score'))).toEqual([]);
  });
});
