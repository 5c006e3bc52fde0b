/** What the score chart shows, as it stands in the URL: a link opens the same moment for everybody. */
import { LAYERS } from '@/components/trust/layers';
import type { Layer } from '@/lib/contracts';
import type { Span } from './shape';
import { t } from '@/lib/client/language';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const PRESETS = [
  {
    value: '24h',
    get label() {
      return t('{n} h', { n: 24 });
    },
    ms: DAY_MS,
  },
  {
    value: '7d',
    get label() {
      return t('{n} d', { n: 7 });
    },
    ms: 7 * DAY_MS,
  },
  {
    value: '30d',
    get label() {
      return t('{n} d', { n: 30 });
    },
    ms: 30 * DAY_MS,
  },
  {
    value: '90d',
    get label() {
      return t('{n} d', { n: 90 });
    },
    ms: 90 * DAY_MS,
  },
  {
    value: 'all',
    get label() {
      return t('All');
    },
    ms: null,
  },
] as const;
export type Preset = (typeof PRESETS)[number]['value'];

/** The range of a link that names none: 30 days, or the whole life of an agent that is younger. */
export function defaultPreset(registeredAt: number, now: number): Preset {
  return now - registeredAt < 30 * DAY_MS ? 'all' : '30d';
}

export interface ChartParams {
  preset: Preset;
  /** The part of the preset's range the brush has selected. */
  window: Span | null;
  /** The pinned moment, ms since the epoch. */
  pinned: number | null;
  /** The moment of the evidence trail that is open, by its id. */
  moment: string | null;
  layers: readonly Layer[];
  view: 'chart' | 'table';
}

/** When the agent was registered, and the present; both in ms since the epoch. */
export interface Life {
  registeredAt: number;
  now: number;
}

/**
 * Reads the URL; anything unknown or malformed falls back to the default rather than failing. A link that names a moment and no
 * range shows a range that reaches back to it.
 */
export function parseChartParams(
  search: URLSearchParams,
  { registeredAt, now }: Life,
): ChartParams {
  const preset = PRESETS.find((known) => known.value === search.get('range'));
  const layers = search.get('layers');
  const pinned = parseInstant(search.get('at'));
  return {
    preset:
      preset?.value ??
      (pinned === null
        ? defaultPreset(registeredAt, now)
        : presetFor(pinned, { registeredAt, now })),
    window: parseWindow(search),
    pinned,
    moment: search.get('moment'),
    layers: layers === null ? LAYERS : LAYERS.filter((layer) => layers.split(' ').includes(layer)),
    view: search.get('view') === 'table' ? 'table' : 'chart',
  };
}

/** The shortest range, but not shorter than the default, that reaches back to a moment. Both in ms since the epoch. */
export function presetFor(at: number, { registeredAt, now }: Life): Preset {
  const usual = defaultPreset(registeredAt, now);
  const least = PRESETS.findIndex(({ value }) => value === usual);
  return PRESETS.slice(least).find(({ value }) => reaches(value, at, now))?.value ?? 'all';
}

/** Whether a range that ends now reaches back to a moment. */
export function reaches(preset: Preset, at: number, now: number): boolean {
  const ms = PRESETS.find(({ value }) => value === preset)?.ms ?? null;
  return ms === null || at >= now - ms;
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

/** The changes to the query string for a change of the chart. Defaults are left out, but a range that was chosen stays chosen. */
export function chartSearch(change: Partial<ChartParams>): Record<string, string | null> {
  const search: Record<string, string | null> = {};
  if (change.preset) search.range = change.preset;
  if (change.window !== undefined) {
    search.from = change.window ? instant(change.window.from) : null;
    search.to = change.window ? instant(change.window.to) : null;
  }
  if (change.pinned !== undefined)
    search.at = change.pinned === null ? null : instant(change.pinned);
  if (change.moment !== undefined) search.moment = change.moment;
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
