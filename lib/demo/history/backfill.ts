/**
 * The months before: written through the engine with simulated time, one transaction a day. Whoever is stopped in the middle
 * goes on with the day after the last decision; the ledger says when the history was begun and when it was done.
 */
import { asOneTransaction, sql } from '@/lib/db';
import { expireApprovals, seizeEpochs } from '@/lib/decide';
import type { Checked } from '../checked';
import { checkEvents, dailyEvents, sendEvidence } from '../evidence';
import { FLEET } from '../fleet';
import { enroll, furnish } from '../setup';
import {
  DAY_MS,
  EARLIEST_DAYS,
  firstDayOf,
  furnishedAt,
  HISTORY_DAYS,
  HOUR_MS,
  isWeekend,
  tasksOfDay,
  type ScheduledTask,
} from '../timeline';
import { findDemoWorkspace, type World } from '../world';
import { runSlot } from './slot';
import { markHistory, startOfBegunHistory, startOfWrittenHistory } from './marks';
import { lookAtQuietAgents } from './quiet-agents';
import {
  raiseHysteresis,
  releaseStops,
  stopRogue,
  liftRestrictions,
  tendIncidents,
} from './operations';

export interface BackfillResult {
  readonly decisions: number;
  readonly signals: number;
  readonly seconds: number;
}

export interface BackfillOptions {
  /** Length of the history in days; shorter only in tests. */
  readonly days?: number;
  /** Told once a simulated day. */
  readonly onDay?: (day: number, of: number) => void;
  readonly isEnding?: () => boolean;
}

/** Hours of the day (UTC) at which other systems hand in what they found. */
const COLLECTING_HOURS = [12, 16, 20];
const TENDING_HOUR = 10;
/** Tasks of this many hours begin at one moment: fewer transactions, and still a believable day. */
const SLOT_HOURS = 2;
const SLOT_MS = SLOT_HOURS * HOUR_MS;
/** Days after which PostgreSQL looks at the tables again: plans made for empty ones are bad. */
const LEARNING_DAYS = [1, 6, 20, 50];

/**
 * One transaction for what has many of its own. A day writes to the ledger and sets pins and switches after that, so it takes the lock of
 * those first, as everybody does: somebody who changes the workspace meanwhile waits, and no two wait for each other.
 */
const inOrder = <T>(workspaceId: string, work: () => Promise<T>): Promise<T> =>
  asOneTransaction(async () => {
    await seizeEpochs(sql, workspaceId);
    return work();
  });

/**
 * Writes the history of the demo workspace up to `now`, unless it is there.
 *
 * @param now milliseconds since the epoch
 * @returns what was written; undefined when there was nothing to do
 */
export async function backfillHistory(
  now: number,
  options: BackfillOptions = {},
): Promise<BackfillResult | undefined> {
  const workspaceId = await findDemoWorkspace();
  if (workspaceId === undefined || (await startOfWrittenHistory(workspaceId)) !== undefined)
    return undefined;
  const days = options.days ?? HISTORY_DAYS;
  const began = performance.now();
  const start = await startOfHistory(workspaceId, now, days);
  const world = await inOrder(workspaceId, () => furnish(workspaceId, furnishedAt(start)));
  const writer = new HistoryWriter(world, start, now);
  const resumeAt = dayAfter(await lastDecision(workspaceId), start);
  for (let day = -EARLIEST_DAYS; day <= days; day += 1) {
    if (options.isEnding?.() === true) return undefined;
    await inOrder(workspaceId, async () => {
      await writer.writeDay(day, day >= resumeAt);
      if (day === days) await markHistory(workspaceId, 'demo.history_written', start, now);
    });
    if (LEARNING_DAYS.includes(day) || day === days) await sql('ANALYZE');
    options.onDay?.(day, days);
  }
  const seconds = (performance.now() - began) / 1000;
  return { decisions: writer.decisions, signals: writer.signals, seconds };
}

/** A day is written as a whole or not at all, so the next one is where to go on. */
const dayAfter = (at: number, start: number) => Math.floor((at - start) / DAY_MS) + 1;

/** Midnight of the first day: what an earlier attempt began with, or reckoned back from `now`. */
async function startOfHistory(workspaceId: string, now: number, days: number): Promise<number> {
  const begun = await startOfBegunHistory(workspaceId);
  if (begun !== undefined) return begun;
  const start = firstDayOf(now, days);
  await markHistory(workspaceId, 'demo.history_begun', start, now);
  return start;
}

/** Up to where an earlier attempt came. */
async function lastDecision(workspaceId: string): Promise<number> {
  const [row] = await sql<{ at: Date }>(
    'SELECT decided_at AS at FROM decisions WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1',
    [workspaceId],
  );
  return row?.at.getTime() ?? -Infinity;
}

class HistoryWriter {
  decisions = 0;
  signals = 0;
  #checks: Checked[] = [];
  /** Nothing before this moment is written any more. */
  #clock = -Infinity;

  constructor(
    private readonly world: World,
    private readonly start: number,
    private readonly until: number,
  ) {}

  /** @param inFull false for a day that an earlier attempt has written: then only who belongs to the fleet is made sure of */
  async writeDay(day: number, inFull: boolean): Promise<void> {
    const midnight = this.start + day * DAY_MS;
    const joining = FLEET.filter((agent) => Math.max(agent.joins, -EARLIEST_DAYS) === day);
    for (const agent of joining) await enroll(this.world, agent, new Date(midnight + 5 * HOUR_MS));
    if (day < 0 || !inFull) return;
    const tasks = FLEET.flatMap((agent) => tasksOfDay(agent, this.start, day));
    for (let hour = 0; hour < 24; hour += SLOT_HOURS) {
      const begin = midnight + hour * HOUR_MS;
      if (begin + SLOT_MS > this.until) break;
      const due = tasks.filter(({ at }) => at >= begin && at < begin + SLOT_MS);
      await this.#writeSlot({ day, hour, begin, due });
    }
  }

  async #writeSlot(at: {
    day: number;
    hour: number;
    begin: number;
    due: readonly ScheduledTask[];
  }): Promise<void> {
    const { day, hour, begin, due } = at;
    if (due.length > 0) {
      const result = await runSlot(this.world, due, Math.max(begin, this.#clock));
      this.#clock = result.end;
      this.decisions += result.decisions;
      this.#checks.push(...result.checks);
      if (due.some(({ task }) => task.burst === true))
        await stopRogue(this.world, day, this.#clock + 4 * 60_000);
    }
    if (hour === TENDING_HOUR) await this.#tend(day, Math.max(begin, this.#clock));
    if (COLLECTING_HOURS.includes(hour))
      await this.#collect(day, hour, Math.max(begin, this.#clock));
  }

  /** Once a day people look after what the agents left. */
  async #tend(day: number, now: number): Promise<void> {
    await expireApprovals(this.world.workspaceId, now);
    await lookAtQuietAgents(this.world, now);
    await releaseStops(this.world, now);
    await tendIncidents(this.world, now);
    await liftRestrictions(this.world, now);
    await raiseHysteresis(this.world, day, now);
  }

  async #collect(day: number, hour: number, now: number): Promise<void> {
    const checks = this.#checks;
    this.#checks = [];
    const daily =
      hour === COLLECTING_HOURS[0] && !isWeekend(now) ? dailyEvents(this.world, day) : [];
    this.signals += await sendEvidence(
      this.world,
      [...checkEvents(this.world, checks), ...daily],
      now + 60_000,
    );
  }
}
