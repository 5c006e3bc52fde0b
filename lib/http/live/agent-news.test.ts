import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, type LiveEvent } from '@/lib/contracts';
import { newsOf } from './agent-news';

const event = (changes: Partial<LiveEvent>): LiveEvent => ({
  seq: 1,
  type: 'decision.made',
  agentId: null,
  subjectId: 's',
  at: '2026-01-01T00:00:00.000Z',
  ...changes,
});
const heard = (agentId: string | null) =>
  newsOf(
    'me',
    EVENT_TYPES.map((type) => event({ type, agentId })),
  );

describe('an agent hears', () => {
  it('of itself, but not what its guards do about it', () => {
    expect(heard('me').map(({ type }) => type)).toEqual([
      'approval.opened',
      'approval.closed',
      'approval.used',
      'decision.made',
      'trust.changed',
      'switch.changed',
      'agent.changed',
    ]);
  });

  it('nothing of another agent', () => {
    expect(heard('another')).toEqual([]);
  });

  it('that what holds for all has changed, and not what', () => {
    const news = heard(null);
    expect(news.map(({ type }) => type)).toEqual([
      'switch.changed',
      'ladder.changed',
      'policy.changed',
      'tool.changed',
    ]);
    expect(news.map(({ subjectId }) => subjectId)).toEqual([null, null, null, null]);
  });
});
