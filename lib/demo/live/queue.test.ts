import { describe, expect, it } from 'vitest';
import { actionsToDecide, LEFT_TO_PEOPLE, type WaitingAction } from './queue';

const waiting = (count: number, change: Partial<WaitingAction> = {}): WaitingAction[] =>
  Array.from({ length: count }, (_, index) => ({
    approvalId: `a${index}`,
    agentKey: `agent-${index}`,
    tool: 'mail.send',
    weighty: false,
    since: index,
    ...change,
  }));
const options = { now: 1_000_000, patienceMs: 1_000 };

describe('which waiting actions the demo reviewers take', () => {
  it('leaves a short queue of different actions to people', () => {
    expect(actionsToDecide(waiting(5), { ...options, pending: 5 })).toEqual([]);
  });

  it('takes the oldest of what is too many', () => {
    const taken = actionsToDecide(waiting(11), { ...options, pending: 11 });
    expect(taken.map(({ approvalId }) => approvalId)).toEqual(['a0', 'a1', 'a2']);
    expect(11 - taken.length).toBe(LEFT_TO_PEOPLE);
  });

  it('takes what there is more of first, and keeps what weighs most', () => {
    const actions = [
      ...waiting(10),
      ...waiting(1, { approvalId: 'old', agentKey: 'other', since: -1, weighty: true }),
    ];
    const same = actions.map((action) =>
      ['a6', 'a7'].includes(action.approvalId) ? { ...action, agentKey: 'one' } : action,
    );
    const taken = actionsToDecide(same, { ...options, pending: 11 });
    expect(taken[0]?.approvalId).toBe('a6');
    expect(taken.map(({ approvalId }) => approvalId)).not.toContain('old');
  });

  it('gives people time before it takes anything', () => {
    const fresh = waiting(12, { since: options.now });
    expect(actionsToDecide(fresh, { ...options, pending: 12 })).toEqual([]);
  });
});
