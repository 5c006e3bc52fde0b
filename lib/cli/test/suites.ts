import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../verify/command';
import { VERIFY_STEPS, type VerifyStep } from '../verify/steps';
import { buildConsole } from '../bootstrap/build.mjs';
import type { Scheduled } from './schedule';
import { ONE_FAILED, ONE_PASSED, tallyOfPlaywright, tallyOfVitest, withExit } from './tally';
import type { Tally } from './tally';

export interface Suite extends Scheduled {
  readonly run: () => Promise<Tally>;
}

/**
 * Everything `npm test` runs. The suites of one group run at the same time, as many as there are processors; a group
 * begins when the one before it has ended. What is alone in its group keeps all processors busy by itself.
 */
export const SUITES: readonly (readonly Suite[])[] = [
  [
    ...VERIFY_STEPS.map(({ name, run }) => ({ name, run: () => runCheck(run) })),
    // Next writes types of its own, which the check of types would find half-written.
    { name: 'build', run: build, after: 'types' },
  ],
  [{ name: 'unit tests', run: () => runVitest('unit') }],
  [{ name: 'database tests', run: () => runVitest('db') }],
  [{ name: 'browser journeys', run: runPlaywright }],
];

async function runCheck(run: VerifyStep['run']): Promise<Tally> {
  const { endedWell, said } = await run();
  process.stdout.write(said);
  return endedWell ? ONE_PASSED : ONE_FAILED;
}

function runVitest(project: string): Promise<Tally> {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const endedWell = await runTool('vitest/vitest.mjs', [
      'run',
      '--project',
      project,
      ...reporters,
    ]);
    return withExit(tallyOfVitest(readJson(report)), endedWell);
  });
}

async function runPlaywright(): Promise<Tally> {
  if (!existsSync('.next/belay-build')) {
    console.error('Not run: the console could not be built.');
    return ONE_FAILED;
  }
  return withReport(async (report) => {
    const endedWell = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    return withExit(tallyOfPlaywright(readJson(report)), endedWell);
  });
}

async function build(): Promise<Tally> {
  try {
    await buildConsole(process.cwd());
    return ONE_PASSED;
  } catch {
    return ONE_FAILED;
  }
}

/** Gives a suite a file for its report. No readable report is a failure. */
async function withReport(suite: (report: string) => Promise<Tally>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-report-'));
  try {
    return await suite(join(folder, 'report.json'));
  } catch (error) {
    console.error(error);
    return ONE_FAILED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
