import { describe, expect, it } from 'vitest';
import { formatViewParams, isFiltered, parseViewParams } from './view-params';

const id = '01926f3e-7a1b-7c3d-8e4f-5a6b7c8d9e0f';
const read = (query: string) => parseViewParams(new URLSearchParams(query));

describe('the view in the URL', () => {
  it('is the pending queue when nothing is said', () => {
    expect(read('')).toEqual({ tab: 'pending', q: '', agent: null, item: null });
  });

  it('survives a round trip', () => {
    const view = { tab: 'closed' as const, q: 'refund & co', agent: id, item: id };
    expect(read(formatViewParams(view))).toEqual(view);
  });

  it('leaves defaults out', () => {
    expect(formatViewParams(read(''))).toBe('');
  });

  it('falls back to the default view on nonsense', () => {
    expect(read('tab=everything&item=../../etc&agent=%00')).toEqual(read(''));
  });

  it('bounds the search text', () => {
    expect(read(`q=${'x'.repeat(900)}`).q).toHaveLength(200);
  });

  it('counts search and agent as filters, the tab not', () => {
    expect(isFiltered(read('tab=closed'))).toBe(false);
    expect(isFiltered(read('q=refund'))).toBe(true);
    expect(isFiltered(read('q=%20'))).toBe(false);
  });
});
