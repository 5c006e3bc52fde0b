import { describe, expect, it } from 'vitest';
import { createSignInThrottle } from './sign-in-throttle';

const NOW = Date.UTC(2026, 0, 1);

function afterFailures(count: number) {
  const throttle = createSignInThrottle();
  for (let n = 0; n < count; n += 1) throttle.failed('ada@example.org', NOW);
  return throttle;
}

describe('the sign-in throttle', () => {
  it('lets a few mistakes pass', () => {
    expect(afterFailures(4).waitSeconds('ada@example.org', NOW)).toBe(0);
  });

  it('makes every further try wait twice as long, up to a quarter of an hour', () => {
    const waits = [5, 6, 7, 20].map((count) =>
      afterFailures(count).waitSeconds('ada@example.org', NOW),
    );
    expect(waits).toEqual([15, 30, 60, 900]);
  });

  it('opens again once the wait is over', () => {
    const throttle = afterFailures(5);
    expect(throttle.waitSeconds('ada@example.org', NOW + 14_500)).toBe(1);
    expect(throttle.waitSeconds('ada@example.org', NOW + 15_000)).toBe(0);
  });

  it('does not touch other addresses', () => {
    expect(afterFailures(20).waitSeconds('eve@example.org', NOW)).toBe(0);
  });

  it('forgets after a success, and after an hour', () => {
    const throttle = afterFailures(8);
    expect(throttle.waitSeconds('ada@example.org', NOW + 3_600_000)).toBe(0);
    throttle.succeeded('ada@example.org');
    expect(throttle.waitSeconds('ada@example.org', NOW)).toBe(0);
  });

  it('holds a bounded number of addresses', () => {
    const throttle = createSignInThrottle();
    for (let n = 0; n < 6; n += 1) throttle.failed('first@example.org', NOW);
    for (let n = 0; n < 10_000; n += 1) throttle.failed(`${n}@example.org`, NOW);
    expect(throttle.waitSeconds('first@example.org', NOW)).toBe(0);
  });
});
