/**
 * Whose password is checked when. A check is slow on purpose and takes a thread and 32 MiB; the same threads verify the
 * signatures of agents, so a flood of sign-ins must not take them all. Known browsers have a lane of their own: strangers
 * cannot keep them waiting.
 */

/** What a lane lets through at once and lets wait; 16 checks wait for a few seconds. */
const LANES = {
  strangers: { atOnce: 1, waiting: 16 },
  known: { atOnce: 1, waiting: 16 },
} as const;
export type PasswordLane = keyof typeof LANES;

/** When a caller of a full lane may come back, in seconds: it is empty by then, unless more come. */
export const BUSY_SECONDS = 5;

/** The lane is full: nothing was checked and nothing counted. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

interface Lane {
  running: number;
  readonly queue: (() => void)[];
}

/** Next loads modules more than once; the lanes are one a process. */
const holder = globalThis as typeof globalThis & { belayPasswordLanes?: Map<PasswordLane, Lane> };

function laneOf(name: PasswordLane): Lane {
  const lanes = (holder.belayPasswordLanes ??= new Map<PasswordLane, Lane>());
  const lane = lanes.get(name) ?? { running: 0, queue: [] };
  lanes.set(name, lane);
  return lane;
}

/**
 * Does the work when it is its turn.
 *
 * @throws PasswordsBusy at once when the lane is full; whatever the work throws
 */
export async function inTurn<T>(name: PasswordLane, work: () => Promise<T>): Promise<T> {
  const lane = laneOf(name);
  const { atOnce, waiting } = LANES[name];
  if (lane.running >= atOnce) {
    if (lane.queue.length >= waiting) throw new PasswordsBusy();
    // Whoever finishes hands the turn on, so that nobody who comes later is first.
    await new Promise<void>((resolve) => lane.queue.push(resolve));
  } else lane.running += 1;
  try {
    return await work();
  } finally {
    const next = lane.queue.shift();
    if (next === undefined) lane.running -= 1;
    else next();
  }
}
