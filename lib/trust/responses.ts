import type { ResponseRow, RestrictionKind } from '@/lib/contracts';
import { acts } from './acts';
import { SIGNAL_CATALOGUE } from './catalogue';
import { INCIDENT_RULES } from './incident-rules';
import type { Ladder, Severity, Signal } from './types';

const HOUR_SECONDS = 3_600;
/** A throttled agent may always make this many calls a minute. */
const THROTTLED_CALLS_PER_MINUTE = 10;

interface RestrictionWords {
  readonly name: string;
  /** What it stops, as a sentence. */
  readonly stops: string;
  /** What ends it, as a sentence. */
  readonly ends: string;
}

/** The restrictions an agent can be under. */
export const RESTRICTIONS: Readonly<Record<RestrictionKind, RestrictionWords>> = {
  reverify: {
    name: 'Re-verification',
    stops: 'Every call, until the agent has logged in again with its own key.',
    ends: 'Until the agent logs in again with its own key, or a person lifts it.',
  },
  quarantine: {
    name: 'Quarantine',
    stops: 'Every call with a side effect; reads go on.',
    ends: 'Until a person has looked and lifts it.',
  },
  block_output: {
    name: 'Output blocked',
    stops: 'Every call that sends something outside.',
    ends: 'Until a person has looked and lifts it.',
  },
  throttle: {
    name: 'Throttle',
    stops: `Calls beyond ${THROTTLED_CALLS_PER_MINUTE} a minute, or beyond the usual pace of the agent where that is higher.`,
    ends: 'For one hour after the last such signal, or until a person lifts it.',
  },
};

interface Response {
  readonly restriction: RestrictionKind;
  /** Absent: it holds until it is lifted. */
  readonly holdSeconds?: number;
}

/** Which restriction a kind of signal puts an agent under. A new response is a new entry, never a branch. */
const RESPONSES: Readonly<Record<string, Response>> = {
  'behavior.volume_high': { restriction: 'throttle', holdSeconds: HOUR_SECONDS },
  'behavior.error_rate': { restriction: 'quarantine' },
  'behavior.destructive_burst': { restriction: 'quarantine' },
  'behavior.new_endpoint': { restriction: 'reverify' },
  'behavior.new_credential': { restriction: 'reverify' },
  'behavior.output_toxicity': { restriction: 'block_output' },
  'identity.attestation_failed': { restriction: 'quarantine' },
};

/** The restriction a signal leads to; undefined for one that leads to none, or is too weak. */
export function restrictionFor(signal: Pick<Signal, 'kind' | 'magnitude'>): Response | undefined {
  if (!acts(SIGNAL_CATALOGUE[signal.kind], signal.magnitude)) return undefined;
  return RESPONSES[signal.kind];
}

/** The severity of the incident a signal asks for; undefined when it asks for none, or is too weak. */
export function incidentSeverity(signal: Pick<Signal, 'kind' | 'magnitude'>): Severity | undefined {
  const entry = SIGNAL_CATALOGUE[signal.kind];
  return acts(entry, signal.magnitude) ? entry.opensIncident : undefined;
}

/** Calls a minute a throttled agent may make. @param usualCallsAnHour its mean over earlier active hours */
export function throttledPace(usualCallsAnHour: number): number {
  return Math.max(THROTTLED_CALLS_PER_MINUTE, Math.ceil(usualCallsAnHour / 60));
}

/** Thresholds that the label of the signal does not say in numbers. */
const THRESHOLDS: Readonly<Record<string, string>> = {
  'behavior.volume_high':
    'Over 200 % of the usual calls an hour, over 3 standard deviations above them, and over 30 calls',
  'behavior.error_rate': 'Over 15 % of the last 100 reported calls failed, of at least 20',
  'behavior.destructive_burst': '20 irreversible writes within a minute',
  'behavior.output_toxicity': 'Toxicity over 0.7 (the magnitude of the signal)',
};
const EACH_SIGNAL = 'Each such signal';

/** Thresholds of rules that managers set, under a ladder. */
const SET_THRESHOLDS: Readonly<Record<string, (ladder: Ladder) => string>> = {
  'evaluation.safety_low': ({ minimumSafetyChecks: least = 1 }) =>
    least === 1 ? '' : `, of at least ${least}`,
};

/** The whole table under a ladder, as managers see it: the severest first, then by kind. */
export function responseTable(ladder: Ladder): ResponseRow[] {
  const signals = Object.entries(SIGNAL_CATALOGUE).flatMap(([kind, entry]): ResponseRow[] => {
    const severity = entry.sign === 'negative' ? (entry.opensIncident ?? null) : null;
    const response = RESPONSES[kind];
    if (severity === null && response === undefined) return [];
    return [{ kind, label: entry.label, severity, ...thresholdOf(kind), ...wordsOf(response) }];
  });
  const rules = Object.entries(INCIDENT_RULES).map(
    ([kind, { title, threshold, severity }]): ResponseRow => ({
      kind,
      label: title,
      threshold: `${threshold}${SET_THRESHOLDS[kind]?.(ladder) ?? ''}`,
      severity,
      ...wordsOf(undefined),
    }),
  );
  return [...signals, ...rules].sort(
    (a, b) => (a.severity ?? 4) - (b.severity ?? 4) || (a.kind < b.kind ? -1 : 1),
  );
}

const thresholdOf = (kind: string) => ({ threshold: THRESHOLDS[kind] ?? EACH_SIGNAL });

function wordsOf(response: Response | undefined): Pick<ResponseRow, 'restriction' | 'holds'> {
  if (response === undefined) return { restriction: null, holds: null };
  const { name, stops, ends } = RESTRICTIONS[response.restriction];
  return { restriction: { kind: response.restriction, name, stops }, holds: ends };
}
