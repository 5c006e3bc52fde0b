import { z } from 'zod';

/** How many checks of a suite held, and which did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

/** A check that did not hold: its name, and what it said. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

export const ONE_PASSED: Tally = { passed: 1, failed: 0, failures: [] };
export const ONE_FAILED: Tally = { passed: 0, failed: 1, failures: [] };

/** The sum over all suites. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** A suite that failed without naming a failed test (it did not load, or broke off) counts as one. */
export function withExit(tally: Tally, endedWell: boolean): Tally {
  return endedWell || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

/** Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure. */
export function tallyOfVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failures = testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        name: `${file.name} › ${fullName}`,
        message: failureMessages.join('\n'),
      })),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    failures: [...failures, ...unloaded.map(({ name, message }) => ({ name, message }))],
  };
}

const journey = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(
        z.object({ error: z.object({ message: z.string().default('') }).optional() }),
      ),
    }),
  ),
});

/** A file, or a `describe` in one: they nest. */
interface Chapter {
  specs?: z.infer<typeof journey>[] | undefined;
  suites?: Chapter[] | undefined;
}

const chapter: z.ZodType<Chapter> = z.lazy(() =>
  z.object({ specs: z.array(journey).optional(), suites: z.array(chapter).optional() }),
);

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  suites: z.array(chapter).default([]),
  errors: z.array(z.object({ message: z.string().default('') })).default([]),
});

/** Playwright's JSON report. A flaky test is a failed one. */
export function tallyOfPlaywright(report: unknown): Tally {
  const { stats, suites, errors } = playwrightReport.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    failures: [
      ...suites.flatMap(failedJourneys),
      ...errors.map(({ message }) => ({ name: 'outside the journeys', message })),
    ],
  };
}

function failedJourneys({ specs = [], suites = [] }: Chapter): Failure[] {
  const here = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => ({
        name: `${file} › ${title}`,
        message: results.flatMap(({ error }) => error?.message ?? []).join('\n'),
      })),
  );
  return [...here, ...suites.flatMap(failedJourneys)];
}
