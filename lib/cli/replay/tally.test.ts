import { describe, expect, it } from 'vitest';
import type { Played } from './play-session';
import { quantile, summarise, tableOf } from './tally';

const call = (changes: {
  path?: 'user' | 'injection';
  sideEffect?: boolean;
  outcome?: Played['outcome'];
  verdict?: Played['verdict'];
}): Played => ({
  sessionId: 's',
  decisionId: 'd',
  outcome: changes.outcome ?? 'allow',
  verdict: changes.verdict,
  executed: (changes.outcome ?? 'allow') === 'allow' || changes.verdict === 'approved',
  alert: false,
  evaluationMs: 2,
  step: {
    i: 0,
    turn: 1,
    tool: 't',
    args: {},
    error: null,
    tool_result_ref: null,
    side_effect: changes.sideEffect ?? false,
    on_user_path: changes.path === 'user',
    on_injection_path: changes.path === 'injection',
  },
});

describe('the table of a replay', () => {
  it('counts calls by label, side effect and outcome, and who was asked', () => {
    const summary = summarise(
      [
        call({ path: 'user' }),
        call({ path: 'user', sideEffect: true, outcome: 'require_approval', verdict: 'approved' }),
        call({
          path: 'injection',
          sideEffect: true,
          outcome: 'require_approval',
          verdict: 'rejected',
        }),
        call({ path: 'injection', sideEffect: true }),
        call({ outcome: 'deny' }),
      ],
      { sessions: 2, seconds: 0.5, serverErrors: 0, unanswered: 0 },
    );
    expect(summary).toMatchObject({
      calls: 5,
      injectedExecuted: 1,
      benignNeedingAPerson: 1,
      decisionsPerSecond: 10,
      p50Ms: 2,
    });
    expect(tableOf(summary)).toContain(
      'Injected calls executed: 1 of 2. Benign calls that needed a person: 1 of 2.',
    );
  });

  it('says that the server was away only when it was', () => {
    const run = { sessions: 1, seconds: 1, serverErrors: 0 };
    expect(tableOf(summarise([call({})], { ...run, unanswered: 0 }))).not.toContain('away');
    expect(tableOf(summarise([call({})], { ...run, unanswered: 17 }))).toContain(
      '17 calls got no answer and were sent again.',
    );
  });

  it('takes quantiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([
      quantile(values, 0.5),
      quantile(values, 0.99),
      quantile([], 0.5),
      quantile([7], 0.99),
    ]).toEqual([50, 99, 0, 7]);
  });
});
