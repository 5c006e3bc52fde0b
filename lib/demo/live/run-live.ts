/** The live fleet: waits for the server, then works until it is told to end or its workspace is removed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable } from '@/lib/db';
import { logError } from '@/lib/http/log';
import { startOfWrittenHistory } from '../history/marks';
import { findDemoWorkspace, readWorld } from '../world';
import { liveAgents } from './fleet-clients';
import { FleetRunner } from './fleet-runner';
import { Reviewers } from './reviewers';
import { Surroundings } from './surroundings';

const PATIENCE_MS = 4 * 60_000;
const REVIEW_EVERY_MS = 15_000;
const SURROUNDINGS_EVERY_MS = 5 * 60_000;
const LOOK_FOR_WORKSPACE_EVERY_MS = 30_000;

export interface LiveOptions {
  /** Where Belay answers on this machine, without a trailing slash. */
  readonly reach: string;
  /** Its public address. */
  readonly audience: string;
  readonly pace: number;
  readonly ending: AbortController;
}

/** Resolves when the fleet has stopped. */
export async function runLive(options: LiveOptions): Promise<void> {
  const { reach, audience, pace, ending } = options;
  const workspaceId = await findDemoWorkspace();
  if (workspaceId === undefined || !(await serverAnswers(reach, ending.signal))) return;
  const world = await readWorld(workspaceId);
  const start = (await startOfWrittenHistory(workspaceId)) ?? Date.now();
  const reviewers = new Reviewers(world, PATIENCE_MS / pace);
  const surroundings = new Surroundings(world, start);
  const { signal } = ending;
  const runner = new FleetRunner({
    agents: liveAgents(world, reach, audience),
    reviewers,
    surroundings,
    start,
    pace,
    ending: signal,
  });
  await reviewers.round(Date.now());
  await Promise.all([
    runner.run(),
    repeat(REVIEW_EVERY_MS / pace, signal, () => reviewers.round(Date.now())),
    repeat(SURROUNDINGS_EVERY_MS / pace, signal, () => surroundings.round(Date.now())),
    repeat(LOOK_FOR_WORKSPACE_EVERY_MS, signal, async () => {
      if ((await findDemoWorkspace()) !== workspaceId) ending.abort();
    }),
  ]);
}

/** Waits until the server says it is well. */
async function serverAnswers(reach: string, ending: AbortSignal): Promise<boolean> {
  while (!ending.aborted) {
    const answer = await fetch(`${reach}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    if (answer?.ok === true) return true;
    await sleep(500);
  }
  return false;
}

/** Again and again; what fails is logged and comes again, a database that is away is waited for in silence. */
async function repeat(
  everyMs: number,
  ending: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  while (!ending.aborted) {
    await sleep(everyMs, undefined, { signal: ending }).catch(() => undefined);
    if (ending.aborted) return;
    await work().catch((error: unknown) => {
      if (!isDatabaseUnavailable(error)) logError('the demo fleet stumbled', { error });
    });
  }
}
