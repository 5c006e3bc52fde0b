import { describe, expect, it } from 'vitest';
import { shortDuration, timeLeft } from './time-left';

const asked = '2026-11-20T10:00:00.000Z';
const dies = '2026-11-20T11:00:00.000Z';
const at = (offsetSeconds: number) => Date.parse(dies) + offsetSeconds * 1000;

describe('time left', () => {
  it('is calm, then soon under five minutes, then now under one', () => {
    expect(timeLeft(asked, dies, at(-1800))).toMatchObject({ urgency: 'calm', share: 0.5 });
    expect(timeLeft(asked, dies, at(-299)).urgency).toBe('soon');
    expect(timeLeft(asked, dies, at(-59)).urgency).toBe('now');
  });

  it('is over at the very instant of expiry and stays over', () => {
    expect(timeLeft(asked, dies, at(0))).toMatchObject({
      expired: true,
      short: 'expired',
      share: 0,
    });
    expect(timeLeft(asked, dies, at(500))).toMatchObject({ seconds: 0, urgency: 'over' });
  });

  it('never shows zero while a fraction of a second is left', () => {
    expect(timeLeft(asked, dies, at(-0.2)).short).toBe('1 s');
  });

  it('speaks whole units', () => {
    expect(timeLeft(asked, dies, at(-61)).spoken).toBe('1 minute left');
    expect(timeLeft(asked, dies, at(-2)).spoken).toBe('2 seconds left');
  });
});

describe('a short duration', () => {
  it.each([
    [42, '42 s'],
    [249, '4:09'],
    [1380, '23 min'],
    [11_100, '3 h 05 min'],
    [187_200, '2 d 4 h'],
  ])('%i seconds read %s', (seconds, words) => {
    expect(shortDuration(seconds)).toBe(words);
  });
});
