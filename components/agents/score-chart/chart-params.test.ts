import { describe, expect, it } from 'vitest';
import { changedSearch } from '@/components/ui/search-state';
import { chartSearch, historyFrom, parseChartParams, type ChartParams } from './chart-params';

const parse = (search: string) => parseChartParams(new URLSearchParams(search));

describe('chart parameters', () => {
  it('falls back to the default view for anything malformed', () => {
    expect(parse('range=7y&at=yesterday&from=x&view=3d')).toEqual(parse(''));
    expect(parse('from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z').window).toBeNull();
  });
  it('comes back from the URL as it went in', () => {
    const params: ChartParams = {
      preset: '7d',
      window: { from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 1, 2) },
      pinned: Date.UTC(2026, 1, 1, 12),
      layers: ['identity', 'outcome'],
      view: 'table',
    };
    expect(parse(changedSearch('', chartSearch(params)))).toEqual(params);
  });
  it('tells no layers from all layers', () => {
    expect(parse(changedSearch('', chartSearch({ layers: [] }))).layers).toEqual([]);
    expect(chartSearch({ layers: parse('').layers }).layers).toBeNull();
  });
  it('asks for everything without a beginning', () => {
    expect(historyFrom('all', 0)).toBeNull();
    expect(historyFrom('24h', Date.UTC(2026, 0, 2))).toBe('2026-01-01T00:00:00.000Z');
  });
});
