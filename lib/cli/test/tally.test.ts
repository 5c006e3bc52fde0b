import { describe, expect, it } from 'vitest';
import { sumTallies, tallyOfPlaywright, tallyOfVitest, withExit } from './tally';

describe('the tally of a test run', () => {
  it('counts a test file that could not be loaded as one failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{}, {}] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(tallyOfVitest(report)).toEqual({ passed: 3, failed: 2 });
  });

  it('counts a flaky journey as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(tallyOfPlaywright({ stats })).toEqual({ passed: 5, failed: 2 });
  });

  it('never calls a suite good that ended badly', () => {
    expect(withExit({ passed: 4, failed: 0 }, false)).toEqual({ passed: 4, failed: 1 });
    expect(withExit({ passed: 4, failed: 2 }, false)).toEqual({ passed: 4, failed: 2 });
    expect(withExit({ passed: 4, failed: 0 }, true)).toEqual({ passed: 4, failed: 0 });
  });

  it('sums over suites', () => {
    expect(
      sumTallies([
        { passed: 1, failed: 0 },
        { passed: 2, failed: 3 },
      ]),
    ).toEqual({
      passed: 3,
      failed: 3,
    });
  });
});
