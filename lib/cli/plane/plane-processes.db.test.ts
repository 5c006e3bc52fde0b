import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/env';
import { makeFleet, type Evaluated } from '@/lib/http/testing/fleet';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { launchPlane, type RunningPlane } from '../launch';

const PROCESSES = 2;
const LANES = 12;
const ROUNDS = 5;

let fleet: Awaited<ReturnType<typeof makeFleet>>;
let plane: RunningPlane;

beforeAll(async () => {
  fleet = await makeFleet();
  plane = await start();
}, 120_000);
afterAll(() => plane.stop());

function start(): Promise<RunningPlane> {
  const { url, home, databaseUrl } = env();
  if (databaseUrl === undefined) throw new Error('tests have a database');
  return launchPlane({ url, home, databaseUrl }, PROCESSES);
}

/** Asks on a connection of its own, so that each of the processes gets its share. */
async function ask(): Promise<Evaluated> {
  const response = await fetch(`${plane.url}/access/v1/evaluation`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${fleet.key('gateway')}`,
      'content-type': 'application/json',
      connection: 'close',
    },
    body: JSON.stringify({
      subject: { type: 'agent', id: fleet.agentId },
      action: { name: 'note.read', properties: { arguments: { n: 1 } } },
      resource: { type: 'note', id: 'n-1' },
    }),
  });
  return (await response.json()) as Evaluated;
}

/** Those that serve: what compiles the program for a first process is none of them. */
const childrenOf = (pid: number | undefined): number[] =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('lib/cli/plane/process.ts'))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []))
    .filter(runs);

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  throw new Error(`it never came true that ${what}`);
}

describe('a plane of two processes', () => {
  it('allows nothing after a switch was acknowledged, in either process, time after time', async () => {
    const manager = fleet.workspace.as('manager');
    for (let round = 0; round < ROUNDS; round += 1) {
      let acknowledged = false;
      let over = false;
      const before: boolean[] = [];
      const after: boolean[] = [];
      const lanes = Array.from({ length: LANES }, async () => {
        while (!over) {
          const askedAfter = acknowledged;
          const { decision } = await ask();
          (askedAfter ? after : before).push(decision);
        }
      });
      await until('work goes on', () => before.includes(true));
      const stop = {
        scope: { type: 'workspace' as const },
        mode: 'halt' as const,
        reason: 'A test',
      };
      const { id } = await setKillSwitch(manager, stop);
      acknowledged = true;
      await until('both were asked again', () => after.length >= LANES * 2);
      over = true;
      await Promise.all(lanes);
      expect(after).not.toContain(true);
      await releaseKillSwitch(manager, id, 'The test is over');
    }
  }, 120_000);

  it('replaces a process that was killed', async () => {
    const [first = 0, ...others] = childrenOf(plane.child.pid);
    expect(others).toHaveLength(PROCESSES - 1);
    process.kill(first, 'SIGKILL');
    await until('there are as many as before', () => {
      const now = childrenOf(plane.child.pid);
      return now.length === PROCESSES && !now.includes(first);
    });
    expect((await ask()).decision).toBe(true);
  });

  it('leaves nothing behind when it ends, or when its first process is killed', async () => {
    const served = childrenOf(plane.child.pid);
    await plane.stop();
    expect(served.filter(runs)).toEqual([]);
    plane = await start();
    const again = childrenOf(plane.child.pid);
    expect(again).toHaveLength(PROCESSES);
    plane.child.kill('SIGKILL');
    await until('its processes are gone', () => !again.some(runs));
  }, 60_000);
});
