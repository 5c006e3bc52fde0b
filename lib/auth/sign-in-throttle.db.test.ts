import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { makePerson, makeWorkspace } from '@/lib/services/testing/fixture';
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

  it('counts a known browser and a login apart from strangers', async () => {
    await failTimes(5);
    const apart = ['login', 'browser:a', 'browser:b'] as const;
    for (const source of apart) expect(await takeTry(email, new Date(NOW), source)).toBe(0);
    for (let n = 0; n < 4; n += 1) await takeTry(email, new Date(NOW), 'login');
    expect(await takeTry(email, new Date(NOW), 'login')).toBe(15);
    await forgetFailures(email, 'browser:a');
    expect(await tryAt(NOW)).toBe(15);
  });

  it('remembers a bounded number of addresses of nobody, the newest, and everybody who is somebody', async () => {
    const { email: somebody } = await makePerson((await makeWorkspace()).id, 'viewer');
    await takeTry(somebody, new Date(NOW - 1000));
    await sql(
      `INSERT INTO sign_in_failures (email, failures, last_at)
       SELECT 'nobody-' || n, 1, $1::timestamptz + n * interval '1 millisecond' FROM generate_series(1, 10010) AS n`,
      [new Date(NOW)],
    );
    await pruneFailures(new Date(NOW));
    const [kept] = await sql<{ count: number; oldest: number }>(
      `SELECT count(*)::int AS count, min(substr(email, 8)::int) AS oldest FROM sign_in_failures WHERE email LIKE 'nobody-%'`,
    );
    expect(kept?.count).toBeLessThanOrEqual(10_000);
    expect(kept?.oldest).toBeGreaterThan(10);
    expect(await sql('SELECT 1 FROM sign_in_failures WHERE email = $1', [somebody])).toHaveLength(
      1,
    );
    await sql(`DELETE FROM sign_in_failures WHERE email LIKE 'nobody-%'`);
  });

  it('keeps no address longer than it makes anybody wait', async () => {
    await failTimes(1);
    await pruneFailures(new Date(NOW + HOUR_MS + 1));
    expect(await sql('SELECT 1 FROM sign_in_failures WHERE email = $1', [email])).toEqual([]);
  });
});
