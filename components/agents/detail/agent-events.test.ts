import { describe, expect, it } from 'vitest';
import type { Incident, KillSwitch } from '@/lib/contracts';
import { agentEvents, coversAgent } from './agent-events';

const agent = { id: 'a1', tags: ['finance'] };
const item = (scope: KillSwitch['scope'], inForce = true): KillSwitch => ({
  id: `s-${scope.type}`,
  scope,
  mode: 'halt',
  reason: 'because',
  setBy: 'Dana',
  setAt: '2026-01-02T00:00:00.000Z',
  inForce,
  releasedBy: inForce ? null : 'Kim',
  releasedAt: inForce ? null : '2026-01-03T00:00:00.000Z',
  releaseReason: null,
});
const incident: Incident = {
  id: 'i1',
  agentId: 'a1',
  agentName: 'crm',
  severity: 2,
  kind: 'behavior.burst',
  title: 'Destructive burst',
  state: 'open',
  evidence: [],
  rootCause: null,
  openedAt: '2026-01-05T00:00:00.000Z',
  closedAt: null,
};

describe('switches and incidents of an agent', () => {
  it('takes switches on the agent, its tags and everything, and no others', () => {
    expect(coversAgent(item({ type: 'workspace', label: '' }), agent)).toBe(true);
    expect(coversAgent(item({ type: 'agent', value: 'a1', label: '' }), agent)).toBe(true);
    expect(coversAgent(item({ type: 'agent', value: 'a2', label: '' }), agent)).toBe(false);
    expect(coversAgent(item({ type: 'tag', value: 'finance', label: '' }), agent)).toBe(true);
    expect(coversAgent(item({ type: 'tool', value: 'a1', label: '' }), agent)).toBe(false);
  });
  it('lists newest first and takes the alarm out of what is over', () => {
    const over = item({ type: 'workspace', label: '' }, false);
    const events = agentEvents(agent, [over], [incident]);
    expect(events.map((event) => event.tone)).toEqual(['severity-2', 'neutral']);
    expect(events[1]?.state).toBe('released by Kim');
  });
});
