/** What the score chart shows, as it stands in the URL: a link opens the same moment for everybody. */
import { LAYERS } from '@/components/trust/layers';
import type { Layer } from '@/lib/contracts';
import type { Span } from './shape';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const PRESETS = [
  { value: '24h', label: '24 h', ms: DAY_MS },
  { value: '7d', label: '7 d', ms: 7 * DAY_MS },
  { value: '30d', label: '30 d', ms: 30 * DAY_MS },
  { value: '90d', label: '90 d', ms: 90 * DAY_MS },
  { value: 'all', label: 'All', ms: null },
] as const;
export type Preset = (typeof PRESETS)[number]['value'];
const DEFAULT_PRESET: Preset = '30d';

export interface ChartParams {
  preset: Preset;
  /** The part of the preset's range the brush has selected. */
  window: Span | null;
  /** The pinned moment, ms since the epoch. */
  pinned: number | null;
  layers: readonly Layer[];
  view: 'chart' | 'table';
}

/** Reads the URL; anything unknown or malformed falls back to the default rather than failing. */
export function parseChartParams(search: URLSearchParams): ChartParams {
  const preset = PRESETS.find((known) => known.value === search.get('range'));
  const layers = search.get('layers');
  return {
    preset: preset?.value ?? DEFAULT_PRESET,
    window: parseWindow(search),
    pinned: parseInstant(search.get('at')),
    layers: layers === null ? LAYERS : LAYERS.filter((layer) => layers.split(' ').includes(layer)),
    view: search.get('view') === 'table' ? 'table' : 'chart',
  };
}

function parseWindow(search: URLSearchParams): Span | null {
  const from = parseInstant(search.get('from'));
  const to = parseInstant(search.get('to'));
  return from !== null && to !== null && to > from ? { from, to } : null;
}

function parseInstant(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** The changes to the query string for a change of the chart, with defaults left out. */
export function chartSearch(change: Partial<ChartParams>): Record<string, string | null> {
  const search: Record<string, string | null> = {};
  if (change.preset) search.range = change.preset === DEFAULT_PRESET ? null : change.preset;
  if (change.window !== undefined) {
    search.from = change.window ? instant(change.window.from) : null;
    search.to = change.window ? instant(change.window.to) : null;
  }
  if (change.pinned !== undefined)
    search.at = change.pinned === null ? null : instant(change.pinned);
  if (change.layers)
    search.layers =
      change.layers.length === LAYERS.length ? null : change.layers.join(' ') || 'none';
  if (change.view) search.view = change.view === 'chart' ? null : change.view;
  return search;
}

/** Where to ask the server to begin; it ends at its own present, which this browser's clock need not agree with. */
export function historyFrom(preset: Preset, now: number): string | null {
  const ms = PRESETS.find((known) => known.value === preset)?.ms ?? null;
  return ms === null ? null : instant(now - ms);
}

export function instant(at: number): string {
  return new Date(at).toISOString();
}
