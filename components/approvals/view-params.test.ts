import { describe, expect, it } from 'vitest';
import { formatViewParams, isFiltered, parseViewParams } from './view-params';

const id = '01926f3e-7a1b-7c3d-8e4f-5a6b7c8d9e0f';
const read = (query: string) => parseViewParams(new URLSearchParams(query));

describe('the view in the URL', () => {
  it('is all that waits when nothing is said', () => {
    expect(read('')).toEqual({
      tab: 'team',
      q: '',
      agent: null,
      tool: null,
      risk: null,
      sort: null,
      item: null,
    });
  });

  it('reads the address of earlier versions', () => {
    expect(read('tab=pending')).toEqual(read(''));
  });

  it('survives a round trip', () => {
    const view = {
      tab: 'unclaimed' as const,
      q: 'refund & co',
      agent: id,
      tool: 'mail/send?',
      risk: 'high' as const,
      sort: 'oldest' as const,
      item: id,
    };
    expect(read(formatViewParams(view))).toEqual(view);
  });

  it('leaves defaults out', () => {
    expect(formatViewParams(read(''))).toBe('');
  });

  it('falls back to the default view on nonsense', () => {
    expect(read('tab=everything&item=../../etc&agent=%00&risk=none&sort=up')).toEqual(read(''));
  });

  it('bounds the search text', () => {
    expect(read(`q=${'x'.repeat(900)}`).q).toHaveLength(200);
  });

  it('counts what narrows as filters, tab and sort not', () => {
    expect(isFiltered(read('tab=closed&sort=oldest'))).toBe(false);
    expect(isFiltered(read('risk=high'))).toBe(true);
    expect(isFiltered(read('tool=mail.send'))).toBe(true);
    expect(isFiltered(read('q=refund'))).toBe(true);
    expect(isFiltered(read('q=%20'))).toBe(false);
  });
});
