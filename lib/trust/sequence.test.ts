import { describe, expect, it } from 'vitest';
import {
  NO_SEQUENCE,
  stepSequence,
  type CallClass,
  type Sequence,
  type UnlikelyStep,
} from './sequence';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = Date.UTC(2026, 0, 5);
/** What the agent does in every session. */
const USUAL: readonly CallClass[] = ['read', 'sensitive_read', 'write'];

interface Told extends UnlikelyStep {
  readonly at: number;
}

/** One session an hour, from `from` on. */
function work(
  before: Sequence,
  sessions: number,
  from: number,
  calls: readonly CallClass[] = USUAL,
): { sequence: Sequence; told: Told[] } {
  const told: Told[] = [];
  let sequence = before;
  for (let n = 0; n < sessions; n += 1)
    for (const [place, call] of calls.entries()) {
      const now = from + n * HOUR_MS + place * 1000;
      const step = stepSequence(sequence, { session: `s-${now - place * 1000}`, call, now });
      sequence = step.sequence;
      if (step.unlikely !== null) told.push({ ...step.unlikely, at: now });
    }
  return { sequence, told };
}

const LEARNED = work(NO_SEQUENCE, 100, MONDAY).sequence;
const AFTERWARDS = MONDAY + 100 * HOUR_MS;

describe('the order of calls', () => {
  it('is unlikely where a learned agent makes a step it never made', () => {
    const { told } = work(LEARNED, 1, AFTERWARDS, ['read', 'sensitive_read', 'egress']);
    expect(told).toMatchObject([{ after: 'sensitive_read', call: 'egress', seen: 0, of: 100 }]);
    expect(told[0]?.surprise).toBeCloseTo(-Math.log2(0.5 / 102.5), 10);
    expect(told[0]?.surprise).toBeGreaterThan(told[0]?.limit ?? Infinity);
  });

  it('is unlikely at the beginning of a session too', () => {
    const { told } = work(LEARNED, 1, AFTERWARDS, ['irreversible_write']);
    expect(told).toMatchObject([{ after: null, call: 'irreversible_write' }]);
  });

  it('says nothing of an agent that goes on as before', () => {
    expect(work(LEARNED, 200, AFTERWARDS).told).toEqual([]);
  });

  it('says nothing before it has learned, by time and by count', () => {
    const odd: readonly CallClass[] = ['read', 'egress'];
    const oftenButShort = { ...LEARNED, since: AFTERWARDS - 2 * DAY_MS };
    expect(work(oftenButShort, 1, AFTERWARDS, odd).told).toEqual([]);
    const longButSeldom = work(NO_SEQUENCE, 60, MONDAY).sequence;
    expect(work(longButSeldom, 1, MONDAY + 30 * DAY_MS, odd).told).toEqual([]);
  });

  it('says nothing of a step from where the agent has seldom been', () => {
    const once = work(LEARNED, 10, AFTERWARDS, ['irreversible_write']).sequence;
    const { told } = work(once, 1, AFTERWARDS + 11 * HOUR_MS, ['irreversible_write', 'egress']);
    expect(told).toEqual([]);
  });

  it('is told once an hour, and no longer once the agent does it all the time', () => {
    const odd: readonly CallClass[] = ['read', 'egress', 'egress', 'read', 'egress'];
    const { told } = work(LEARNED, 200, AFTERWARDS, odd);
    expect(new Set(told.map(({ at }) => at - (at % HOUR_MS))).size).toBe(told.length);
    expect(told.length).toBeLessThan(20);
    expect(Math.max(...told.map(({ at }) => at))).toBeLessThan(AFTERWARDS + 20 * HOUR_MS);
  });

  it('tells sessions apart that run side by side', () => {
    let sequence = LEARNED;
    const told: unknown[] = [];
    for (const call of USUAL)
      for (const session of ['left', 'right']) {
        const step = stepSequence(sequence, { session, call, now: AFTERWARDS });
        sequence = step.sequence;
        if (step.unlikely !== null) told.push(step.unlikely);
      }
    expect(told).toEqual([]);
  });

  it('cannot be widened by one attack', () => {
    const attacked = work(LEARNED, 5, AFTERWARDS, ['irreversible_write', 'egress', 'egress']);
    const { usual } = attacked.sequence;
    expect(usual.mean + 3 * Math.sqrt(usual.m2 / (usual.count - 1))).toBeLessThan(9);
  });

  it('stays small, whatever an agent does', () => {
    let sequence = LEARNED;
    for (let n = 0; n < 20_000; n += 1)
      sequence = stepSequence(sequence, {
        session: `s-${n % 100}`,
        call: USUAL[n % 3] ?? 'read',
        now: AFTERWARDS + n * 1000,
      }).sequence;
    expect(sequence.last).toHaveLength(8);
    expect(Math.max(...sequence.counts)).toBeLessThanOrEqual(513);
    expect(JSON.stringify(sequence).length).toBeLessThan(600);
  });
});
