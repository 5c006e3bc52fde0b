import { describe, expect, it } from 'vitest';
import { sumTallies, tallyOfPlaywright, tallyOfVitest, withExit } from './tally';

describe('the tally of a test run', () => {
  it('names the tests that failed, and counts a file that could not be loaded as one', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'adds', status: 'passed', failureMessages: [] },
            { fullName: 'divides', status: 'failed', failureMessages: ['expected 1 to be 2'] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    };
    expect(tallyOfVitest(report)).toEqual({
      passed: 3,
      failed: 2,
      failures: [
        { name: 'a.test.ts › divides', message: 'expected 1 to be 2' },
        { name: 'b.test.ts', message: 'no such module' },
      ],
    });
  });

  it('counts a flaky journey as failed, and names what failed however deep it stands', () => {
    const journey = (title: string, status: string, message: string): unknown => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, results: [{ error: { message } }, {}] }],
    });
    const report = {
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
      suites: [
        {
          specs: [journey('fine', 'expected', '')],
          suites: [
            { specs: [journey('once', 'flaky', 'late'), journey('never', 'unexpected', 'gone')] },
          ],
        },
      ],
      errors: [{ message: 'the server ended' }],
    };
    expect(tallyOfPlaywright(report)).toEqual({
      passed: 5,
      failed: 2,
      failures: [
        { name: 'a.spec.ts › once', message: 'late' },
        { name: 'a.spec.ts › never', message: 'gone' },
        { name: 'outside the journeys', message: 'the server ended' },
      ],
    });
  });

  it('never calls a suite good that ended badly', () => {
    const good = { passed: 4, failed: 0, failures: [] };
    const bad = { passed: 4, failed: 2, failures: [] };
    expect(withExit(good, false)).toMatchObject({ passed: 4, failed: 1 });
    expect(withExit(bad, false)).toBe(bad);
    expect(withExit(good, true)).toBe(good);
  });

  it('sums over suites', () => {
    const failure = { name: 'c', message: 'd' };
    const tallies = [
      { passed: 1, failed: 0, failures: [] },
      { passed: 2, failed: 3, failures: [failure] },
    ];
    expect(sumTallies(tallies)).toEqual({ passed: 3, failed: 3, failures: [failure] });
  });
});
