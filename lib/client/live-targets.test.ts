import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '@/lib/contracts/events';
import { keysConcerned } from './live-targets';

describe('keysConcerned', () => {
  it('knows every event type of the contract', () => {
    for (const type of EVENT_TYPES)
      expect(keysConcerned('default', { type, agentId: null }), type).not.toEqual([]);
  });

  it('refetches the page of the agent an event names, and no other', () => {
    const keys = keysConcerned('default', { type: 'trust.changed', agentId: 'a1' });
    expect(keys).toContainEqual(['default', 'agent', 'a1']);
    expect(keys).not.toContainEqual(['default', 'agent']);
  });

  it('refetches the call an event names, and no other', () => {
    const event = { type: 'approval.changed', agentId: 'a1', subjectId: 'one' } as const;
    expect(keysConcerned('default', event)).toContainEqual(['default', 'approval', 'one']);
    expect(keysConcerned('default', event)).not.toContainEqual(['default', 'approval']);
  });

  it('refetches every agent page after a change that names none', () => {
    expect(keysConcerned('default', { type: 'ladder.changed', agentId: null })).toContainEqual([
      'default',
      'agent',
    ]);
  });
});
