import { describe, expect, it } from 'vitest';
import { snoozeChoices } from './snooze-choices';

const now = Date.parse('2026-11-20T10:00:00Z');
const minutes = (count: number) => now + count * 60_000;

describe('when a call can come back', () => {
  it('is never after its end less a margin', () => {
    expect(snoozeChoices(now, minutes(30)).map(({ label }) => label)).toEqual([
      'in 5 minutes',
      'in 15 minutes',
      'shortly before its time is over',
    ]);
    expect(snoozeChoices(now, minutes(30)).at(-1)?.until).toBe('2026-11-20T10:28:30.000Z');
  });

  it('is never when too little time is left', () => {
    expect(snoozeChoices(now, minutes(2))).toEqual([]);
  });
});
