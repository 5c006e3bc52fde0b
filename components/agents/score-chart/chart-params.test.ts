import { describe, expect, it } from 'vitest';
import { changedSearch } from '@/components/ui/search-state';
import {
  chartSearch,
  defaultPreset,
  historyFrom,
  parseChartParams,
  type ChartParams,
} from './chart-params';

const NOW = Date.UTC(2026, 4, 1);
const GROWN = { registeredAt: Date.UTC(2020, 0, 1), now: NOW };
const YOUNG = { registeredAt: NOW - 120_000, now: NOW };
const parse = (search: string, life = GROWN) => parseChartParams(new URLSearchParams(search), life);

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
      moment: 'm-1',
      layers: ['identity', 'outcome'],
      view: 'table',
    };
    expect(parse(changedSearch('', chartSearch(params)))).toEqual(params);
  });
  it('reaches back to the moment a link names, unless the link names the range', () => {
    expect(parse('at=2026-04-20T00:00:00Z').preset).toBe('30d');
    expect(parse('at=2026-03-20T00:00:00Z').preset).toBe('90d');
    expect(parse('at=2025-03-20T00:00:00Z').preset).toBe('all');
    expect(
      parse(changedSearch('at=2025-03-20T00:00:00Z', chartSearch({ preset: '30d' }))).preset,
    ).toBe('30d');
  });
  it('tells no layers from all layers', () => {
    expect(parse(changedSearch('', chartSearch({ layers: [] }))).layers).toEqual([]);
    expect(chartSearch({ layers: parse('').layers }).layers).toBeNull();
  });
  it('begins with the whole life of an agent that is younger than the usual range', () => {
    expect(defaultPreset(YOUNG.registeredAt, NOW)).toBe('all');
    expect(defaultPreset(GROWN.registeredAt, NOW)).toBe('30d');
    expect(parse('', YOUNG).preset).toBe('all');
    expect(parse('at=2026-04-20T00:00:00Z', YOUNG).preset).toBe('all');
    expect(parse(changedSearch('', chartSearch({ preset: '30d' })), YOUNG).preset).toBe('30d');
  });
  it('asks for everything without a beginning', () => {
    expect(historyFrom('all', 0)).toBeNull();
    expect(historyFrom('24h', Date.UTC(2026, 0, 2))).toBe('2026-01-01T00:00:00.000Z');
  });
});
