import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { forgetFailures, pruneFailures, takeTry } from './sign-in-throttle';

const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
let email: string;

beforeEach(() => {
  email = `${randomUUID()}@example.org`;
});

const tryAt = (at: number) => takeTry(email, new Date(at));

/** Fails as soon as each wait is over. @returns the moment after the last failure, and the waits in seconds */
async function failTimes(count: number): Promise<{ at: number; waits: number[] }> {
  let at = NOW;
  const waits: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const wait = await tryAt(at);
    if (wait > 0) {
      waits.push(wait);
      at += wait * 1000;
      expect(await tryAt(at)).toBe(0);
    }
  }
  return { at, waits };
}

describe('the sign-in throttle', () => {
  it('lets a few mistakes pass', async () => {
    expect((await failTimes(5)).waits).toEqual([]);
  });

  it('makes every further try wait twice as long, up to a quarter of an hour', async () => {
    expect((await failTimes(13)).waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
  });

  it('counts no try that had to wait', async () => {
    await failTimes(5);
    for (let n = 0; n < 3; n += 1) expect(await tryAt(NOW + 1_000)).toBe(14);
    expect(await tryAt(NOW + 14_500)).toBe(1);
    expect(await tryAt(NOW + 15_000)).toBe(0);
  });

  it('counts tries that are made at the same time', async () => {
    const waits = await Promise.all(Array.from({ length: 12 }, () => tryAt(NOW)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('does not touch other addresses', async () => {
    await failTimes(8);
    expect(await takeTry(`other-${email}`, new Date(NOW))).toBe(0);
  });

  it('forgets after a success, and after an hour', async () => {
    await failTimes(5);
    await forgetFailures(email);
    expect((await failTimes(5)).waits).toEqual([]);
    expect(await tryAt(NOW + HOUR_MS)).toBe(0);
    expect(await tryAt(NOW + HOUR_MS)).toBe(0);
  });

  it('keeps no address longer than it makes anybody wait', async () => {
    await failTimes(1);
    await pruneFailures(new Date(NOW + HOUR_MS + 1));
    expect(await sql('SELECT 1 FROM sign_in_failures WHERE email = $1', [email])).toEqual([]);
  });
});
