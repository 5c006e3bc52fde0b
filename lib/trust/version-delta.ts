import { remainingAfter } from './decay';
import { LAYERS, type Layer, type Signal, type TrustConfig } from './types';

/** How long a window remembers, as a half-life in seconds: about the last ten days of work. */
const WINDOW_HALF_LIFE_SECONDS = 7 * 86_400;
/** Signals a layer needs in both windows before they are compared: below, chance alone moves a share by 0.15. */
const COMPARABLE_SIGNALS = 30;
/** A fall of conduct in any layer from which a new version opens an incident. */
const VERSION_DELTA_LIMIT = 0.15;

/** How many good and bad signals a layer has seen lately, each counted by its magnitude, whatever it weighs. */
interface Counts {
  readonly good: number;
  readonly bad: number;
}

/** The recent conduct of one version of an agent: plain JSON of fixed size. */
export interface VersionWindow {
  readonly version: string;
  /** Milliseconds since the epoch; counts are exact at this moment. */
  readonly at: number;
  readonly layers: Readonly<Record<Layer, Counts>>;
}

/** The running version beside the one it replaced. */
export interface VersionWindows {
  readonly current: VersionWindow;
  readonly previous: VersionWindow | null;
}

const EMPTY: Counts = { good: 0, bad: 0 };

function openWindow(version: string, at: number): VersionWindow {
  return {
    version,
    at,
    layers: { identity: EMPTY, behavior: EMPTY, context: EMPTY, outcome: EMPTY },
  };
}

/** Begins a new window when the version changed; the one before stays as what it is compared with. */
export function windowsOf(
  windows: VersionWindows | null,
  version: string,
  at: number,
): VersionWindows {
  if (windows === null) return { current: openWindow(version, at), previous: null };
  if (windows.current.version === version) return windows;
  return { current: openWindow(version, at), previous: windows.current };
}

/**
 * Counts signals into the running window. What an agent says about itself does not count, nor do kinds that say nothing
 * of conduct, like a change of version.
 *
 * @param now milliseconds since the epoch; must not lie before the window's own time
 */
export function countConduct(
  window: VersionWindow,
  signals: readonly Signal[],
  config: TrustConfig,
  now: number,
): VersionWindow {
  const at = Math.max(now, window.at);
  const kept = remainingAfter(at - window.at, WINDOW_HALF_LIFE_SECONDS);
  const layers = {} as Record<Layer, { good: number; bad: number }>;
  for (const layer of LAYERS) {
    const { good, bad } = window.layers[layer];
    layers[layer] = { good: good * kept, bad: bad * kept };
  }
  for (const signal of signals) {
    const kind = config.kinds[signal.kind];
    if (kind === undefined || kind.weight <= 0 || signal.sourceClass === 'self') continue;
    if (NOT_CONDUCT.has(signal.kind)) continue;
    layers[kind.layer][kind.sign === 'positive' ? 'good' : 'bad'] += signal.magnitude ?? 1;
  }
  return { version: window.version, at, layers };
}

/** They come with the change itself, or with the calendar. */
const NOT_CONDUCT: ReadonlySet<string> = new Set([
  'identity.version_changed',
  'identity.credential_age',
]);

export interface VersionDelta {
  readonly layer: Layer;
  /** Share of good signals, in [0, 1]. */
  readonly before: number;
  readonly after: number;
  /** `after - before`: negative when the new version does worse. */
  readonly delta: number;
}

/** How the running version compares with the one before, for each layer in which both have shown enough. */
export function versionDeltas({ current, previous }: VersionWindows): VersionDelta[] {
  if (previous === null) return [];
  return LAYERS.flatMap((layer) => {
    const [before, after] = [previous.layers[layer], current.layers[layer]];
    if (Math.min(signalsIn(before), signalsIn(after)) < COMPARABLE_SIGNALS) return [];
    const shares = { before: goodShare(before), after: goodShare(after) };
    return [{ layer, ...shares, delta: shares.after - shares.before }];
  });
}

/** The layer in which a new version does so much worse that people have to look, or null. */
export function worseVersion(windows: VersionWindows): VersionDelta | null {
  const worst = versionDeltas(windows).sort((a, b) => a.delta - b.delta)[0];
  return worst !== undefined && worst.delta < -VERSION_DELTA_LIMIT ? worst : null;
}

const signalsIn = ({ good, bad }: Counts) => good + bad;
const goodShare = (counts: Counts) => counts.good / signalsIn(counts);
