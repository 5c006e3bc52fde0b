/** Which queries an announcement of the server concerns. A table, so that a new event type is one line. */
import type { EventType, LiveEvent } from '@/lib/contracts';
import { featureKey, type Feature } from './query-keys';

const CONCERNS: Record<EventType | 'ledger.appended', readonly Feature[]> = {
  'approval.opened': ['approvals', 'pending', 'overview', 'agents'],
  'approval.closed': ['approvals', 'approval', 'pending', 'overview', 'agents'],
  'approval.changed': ['approvals', 'approval'],
  'approval.reminded': ['approvals', 'approval'],
  'approval.escalated': ['approvals', 'approval'],
  'approval.used': ['approval'],
  'review.changed': ['reviewing'],
  'decision.made': ['decisions', 'overview', 'sessions', 'agents', 'ladders'],
  'trust.changed': ['agents', 'overview', 'ladders'],
  'switch.changed': ['switches', 'agents', 'overview', 'approvals', 'pending'],
  'incident.changed': ['incidents', 'overview', 'agents'],
  'ladder.changed': ['ladders', 'responses', 'agents', 'overview'],
  'policy.changed': ['policies', 'outside'],
  'agent.changed': ['agents', 'overview'],
  'tool.changed': ['tools'],
  'ledger.appended': ['ledger'],
  'workspace.changed': ['workspace', 'people', 'api-keys', 'overview'],
};
/** These also concern the page of the agent they name. */
const ABOUT_AGENT: ReadonlySet<string> = new Set([
  'approval.opened',
  'approval.closed',
  'decision.made',
  'trust.changed',
  'switch.changed',
  'incident.changed',
  'ladder.changed',
  'agent.changed',
]);

/** Key prefixes to refetch after an event. Unknown types concern nothing. */
export function keysConcerned(
  workspace: string,
  event: Pick<LiveEvent, 'type' | 'agentId'> & Partial<Pick<LiveEvent, 'subjectId'>>,
) {
  const features: readonly Feature[] | undefined = CONCERNS[event.type];
  const one = event.subjectId ?? null;
  const keys: (readonly string[])[] = (features ?? []).map((feature) =>
    // An open call is read anew for its own sake only.
    feature === 'approval' && one !== null
      ? [...featureKey(workspace, feature), one]
      : featureKey(workspace, feature),
  );
  if (!ABOUT_AGENT.has(event.type)) return keys;
  const everyAgent = event.agentId === null;
  return [...keys, everyAgent ? [workspace, 'agent'] : [workspace, 'agent', event.agentId!]];
}

/** Prefixes that people wait for are refetched at once; the others at most this often (ms). */
export function pauseMs(key: readonly string[]): number {
  const quick =
    key[1] === 'approvals' ||
    key[1] === 'approval' ||
    key[1] === 'pending' ||
    key[1] === 'switches';
  return quick ? 150 : 1_000;
}
