import { describe, expect, it } from 'vitest';
import { NO_ACTIVITY } from '@/lib/decide/activity';
import { isStopped, meanByDay, needsPerson, perHundred } from './days';
import type { Moment } from './life';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MONDAY = Date.UTC(2026, 0, 5);

const moment = (day: number, changes: Partial<Moment> = {}): Moment => ({
  at: MONDAY + day * DAY_MS + 9 * HOUR_MS,
  score: 0,
  rung: 1,
  outcome: 'allow',
  bad: false,
  ran: true,
  found: [],
  unseen: false,
  before: NO_ACTIVITY,
  ...changes,
});

describe('a life, by the hundred', () => {
  it('counts approvals and proposals as people needed, denials as stopped', () => {
    const outcomes = ['allow', 'require_approval', 'suggest', 'deny'] as const;
    const life = outcomes.map((outcome) => moment(0, { outcome }));
    expect(perHundred(life, needsPerson)).toBe(50);
    expect(perHundred(life, isStopped)).toBe(25);
    expect(perHundred(life, needsPerson, 1)).toBe(0);
  });

  it('looks at the newest hundred actions', () => {
    const early = Array.from({ length: 150 }, () => moment(0, { outcome: 'suggest' }));
    const late = Array.from({ length: 90 }, () => moment(1));
    expect(perHundred([...early, ...late], needsPerson)).toBe(10);
    expect(perHundred([], needsPerson)).toBe(0);
  });
});

describe('the mean of lives', () => {
  it('is taken at the end of each day, with what ended earlier as it ended', () => {
    const short = [moment(0, { score: 0.2 }), moment(1, { score: 0.4 })];
    const long = [moment(0, { score: 0.4 }), moment(1, { score: 0.6 }), moment(3, { score: 0.8 })];
    const { points } = meanByDay('mean', [short, long], (life, index) => life[index]?.score ?? 0);
    expect(points.map(({ at }) => (at - MONDAY) / DAY_MS)).toEqual([1, 2, 3, 4]);
    expect(points.map(({ score }) => Math.round(score * 100))).toEqual([30, 50, 50, 60]);
  });
});
