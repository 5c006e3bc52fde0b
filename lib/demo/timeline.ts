/** When which agent gets which task: the same for the same seed and day. Times are milliseconds since the epoch. */
import { randomOf } from './random';
import type { FleetAgent, Task } from './fleet/types';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Length of the history before the fleet goes live. */
export const HISTORY_DAYS = 84;
/** The workspace, its people and its first agents are this many days older than the first task. */
export const EARLIEST_DAYS = 10;

/** Midnight (UTC) of the first day of a history that ends at `now`. */
export const firstDayOf = (now: number, days = HISTORY_DAYS): number =>
  now - (now % DAY_MS) - days * DAY_MS;

/** When the fleet was set up: before it, nothing of the demo workspace exists. */
export const furnishedAt = (firstDay: number): Date => new Date(firstDay - EARLIEST_DAYS * DAY_MS);

export interface ScheduledTask {
  /** Id of the session; unique in the workspace. */
  readonly id: string;
  readonly agent: FleetAgent;
  readonly at: number;
  readonly task: Task;
}

/** Midnight (UTC) of a day of the history. */
const startOfDay = (start: number, day: number): number => start + day * DAY_MS;

export function isWeekend(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Everything an agent is asked to do on one day, in order. */
export function tasksOfDay(agent: FleetAgent, start: number, day: number): ScheduledTask[] {
  const special = specialsOfDay(agent, start, day);
  return [...ordinaryOfDay(agent, start, day), ...special].sort((a, b) => a.at - b.at);
}

function ordinaryOfDay(agent: FleetAgent, start: number, day: number): ScheduledTask[] {
  if (day < agent.joins || agent.rests?.(day) === true) return [];
  const midnight = startOfDay(start, day);
  const random = randomOf('day', agent.key, day);
  const { perDay, weekend, from, to } = agent.rhythm;
  const usual = perDay * (isWeekend(midnight) ? weekend : 1) * (0.75 + random.next() * 0.5);
  const count = Math.floor(usual) + (random.chance(usual % 1) ? 1 : 0);
  return Array.from({ length: count }, (_, n) => ({
    id: `${agent.key}-${day}-${n + 1}`,
    agent,
    at: midnight + Math.floor((from + random.next() * (to - from)) * HOUR_MS),
    task: agent.task(randomOf('task', agent.key, day, n), day),
  }));
}

function specialsOfDay(agent: FleetAgent, start: number, day: number): ScheduledTask[] {
  const due = (agent.specials ?? []).filter((special) => special.day === day);
  return due.flatMap(({ hour, tasks }) =>
    tasks(randomOf('special', agent.key, day)).map((task, n) => ({
      id: `${agent.key}-${day}-s${n + 1}`,
      agent,
      at: startOfDay(start, day) + hour * HOUR_MS + 7 * 60_000,
      task,
    })),
  );
}
