/** Switches and incidents of one agent as one list. */
import type { Agent, Incident, KillSwitch } from '@/lib/contracts';
import { INCIDENT_STATES } from '@/components/trust/incident-words';
import { t } from '@/lib/client/language';

export interface AgentEvent {
  key: string;
  at: string;
  label: string;
  tone: 'neutral' | 'severity-1' | 'severity-2' | 'severity-3';
  text: string;
  state: string;
  endedAt: string | null;
  /** Set for an incident. */
  incidentId?: string;
}

const SEVERITY_TONES = ['severity-1', 'severity-2', 'severity-3'] as const;

/** Whether a switch covers the agent; one on a tool covers calls, not agents. */
export function coversAgent(
  { scope }: Pick<KillSwitch, 'scope'>,
  agent: Pick<Agent, 'id' | 'tags'>,
): boolean {
  if (scope.type === 'workspace') return true;
  if (scope.type === 'agent') return scope.value === agent.id;
  return scope.type === 'tag' && scope.value !== undefined && agent.tags.includes(scope.value);
}

/** Newest first; what is over is neutral in tone. */
export function agentEvents(
  agent: Pick<Agent, 'id' | 'tags'>,
  switches: readonly KillSwitch[],
  incidents: readonly Incident[],
): AgentEvent[] {
  const stops = switches.filter((item) => coversAgent(item, agent)).map(switchEvent);
  return [...stops, ...incidents.map(incidentEvent)].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
}

function switchEvent(item: KillSwitch): AgentEvent {
  return {
    key: `switch-${item.id}`,
    at: item.setAt,
    label: item.mode === 'halt' ? t('halt') : t('read-only'),
    tone: item.inForce ? 'severity-1' : 'neutral',
    text: `${item.setBy}: ${item.reason}`,
    state: item.inForce
      ? t('in force')
      : t('released by {person}', { person: item.releasedBy ?? t('somebody') }),
    endedAt: item.releasedAt,
  };
}

function incidentEvent(item: Incident): AgentEvent {
  const open = item.closedAt === null;
  return {
    key: `incident-${item.id}`,
    at: item.openedAt,
    label: t('incident, severity {severity}', { severity: item.severity }),
    tone: open ? (SEVERITY_TONES[item.severity - 1] ?? 'severity-3') : 'neutral',
    text: item.title,
    state: INCIDENT_STATES[open ? item.state : 'closed'],
    endedAt: item.closedAt,
    incidentId: item.id,
  };
}
