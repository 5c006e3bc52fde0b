/** What evidence leads to besides the score: restrictions, incidents, a suspension. Pure; consequences.ts writes it down. */
import {
  incidentSeverity,
  INCIDENT_RULES,
  LAYERS,
  SIGNAL_CATALOGUE,
  stepScoreDays,
  type Assessment,
  type IncidentRuleKind,
  type Severity,
  type TrustReading,
} from '@/lib/trust';
import type { Activity } from './activity';
import type { AgentFacts } from './facts';
import { mergeRestrictions, restrictionsFrom, type NewRestriction } from './restrictions';
import type { Evidence } from './trust-rows';
import { watchVersion, type Watch } from './watch';

export interface NewIncident {
  readonly severity: Severity;
  readonly kind: string;
  readonly title: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** The signal that asked for it, when one did. */
  readonly signalId: string | null;
}

export interface Reaction {
  readonly restrictions: readonly NewRestriction[];
  /** The severest first. */
  readonly incidents: readonly NewIncident[];
  /** The activity given, with what was watched in it. */
  readonly activity: Activity;
}

interface Happened {
  readonly version: string;
  readonly activity: Activity;
  readonly evidence: readonly Evidence[];
  readonly assessment: Assessment;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly newId: () => string;
}

/** What follows from evidence that was folded. */
export function reactTo({
  version,
  activity,
  evidence,
  assessment,
  now,
  newId,
}: Happened): Reaction {
  const { reading } = assessment;
  const conduct = watchVersion(activity.watch, version, evidence, now);
  const score = stepScoreDays(conduct.watch.score, reading.score, now);
  const watch: Watch = { ...conduct.watch, score: score.after };
  const signal = severest(evidence);
  const at = new Date(now).toISOString();
  const incidents: NewIncident[] = [
    ...(signal === undefined ? [] : [incidentOfSignal(signal, assessment)]),
    ...score.changes.map(({ rule, from, to }) =>
      incidentOfRule(rule, { at, scoreBefore: from, scoreAfter: to }),
    ),
    ...(conduct.worse === null
      ? []
      : [incidentOfRule('version.worse', { at, version, ...conduct.worse })]),
    ...(secondAlarm(assessment)
      ? [incidentOfRule('trust.two_alarms', { at, layers: alarmsOf(reading), ...causes(evidence) })]
      : []),
  ];
  return {
    restrictions: restrictionsFrom(evidence, now, newId),
    incidents: incidents.sort((a, b) => a.severity - b.severity),
    activity: { ...activity, watch },
  };
}

/** The agent as its next action finds it. */
export function agentAfter(
  agent: AgentFacts,
  { state }: Assessment,
  { restrictions, incidents, activity }: Reaction,
): AgentFacts {
  const severe = incidents[0]?.severity === 1;
  return {
    ...agent,
    state,
    activity,
    openIncident: agent.openIncident || incidents.length > 0,
    status: severe && agent.status === 'active' ? 'suspended' : agent.status,
    pinnedRung: severe ? null : agent.pinnedRung,
    restrictions: mergeRestrictions(agent.restrictions, restrictions),
  };
}

const alarmsOf = ({ layers }: TrustReading) => LAYERS.filter((layer) => layers[layer].alarm);

function secondAlarm({ before, reading }: Assessment): boolean {
  return alarmsOf(before).length < 2 && alarmsOf(reading).length >= 2;
}

const causes = (evidence: readonly Evidence[]) => ({
  signals: evidence
    .filter(({ kind }) => SIGNAL_CATALOGUE[kind]?.sign === 'negative')
    .map(({ id, kind }) => ({ signalId: id, kind })),
});

function severest(evidence: readonly Evidence[]): Evidence | undefined {
  const severityOf = (item: Evidence) => incidentSeverity(item) ?? Infinity;
  return [...evidence]
    .filter((item) => severityOf(item) < Infinity)
    .sort((a, b) => severityOf(a) - severityOf(b))[0];
}

function incidentOfSignal(cause: Evidence, assessment: Assessment): NewIncident {
  return {
    severity: incidentSeverity(cause) ?? 3,
    kind: cause.kind,
    title: SIGNAL_CATALOGUE[cause.kind]?.label ?? cause.kind,
    signalId: cause.id,
    evidence: {
      signalId: cause.id,
      kind: cause.kind,
      at: new Date(cause.at).toISOString(),
      decisionId: cause.decisionId ?? null,
      scoreBefore: assessment.before.score,
      scoreAfter: assessment.reading.score,
      detail: cause.detail ?? null,
    },
  };
}

/** An incident that a rule asks for, with what the rule looked at. */
export function incidentOfRule(
  kind: IncidentRuleKind,
  evidence: Readonly<Record<string, unknown>>,
): NewIncident {
  const { severity, title } = INCIDENT_RULES[kind];
  return { severity, kind, title, evidence: { rule: kind, ...evidence }, signalId: null };
}
