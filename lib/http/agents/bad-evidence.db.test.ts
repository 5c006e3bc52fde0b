import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { call, HOUR_MS, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { signalsHandler } from './signals';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await makeFleet();
  await fleet.signals('outcome.validation_passed', 20);
});

let before: unknown;
const standing = async () =>
  (
    await sql('SELECT state, score, activity FROM trust_states WHERE agent_id = $1', [
      fleet.agentId,
    ])
  )[0];
beforeEach(async () => {
  before = await standing();
});

/** An event as text, with the magnitude as written. */
const event = (magnitude: string, changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: newId(),
    source: 'test/bad',
    type: 'belay.signal.outcome.validation_failed',
    subject: fleet.agentId,
    data: { magnitude: 'MAGNITUDE' },
    ...changes,
  }).replace('"MAGNITUDE"', magnitude);

const send = (body: string) =>
  call<{ code?: string; detail?: string; accepted?: number }>(signalsHandler, {
    key: fleet.key('analyst'),
    body,
  });

const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('evidence that cannot be', () => {
  it.each([
    ['NaN', () => event('NaN'), '400 malformed_json'],
    ['Infinity', () => event('Infinity'), '400 malformed_json'],
    ['1e309', () => event('1e309'), '400 inexact_number'],
    ['-1e309', () => event('-1e309'), '400 inexact_number'],
    ['a negative weight', () => event('-0.5'), '400 malformed_body'],
    ['no weight at all', () => event('0'), '400 malformed_body'],
    ['more than all weight', () => event('1.0000001'), '400 malformed_body'],
    ['a number as text', () => event('"1"'), '400 malformed_body'],
    ['a clock an hour ahead', () => event('1', { time: hoursFromNow(1) }), '422 signals_refused'],
    [
      'a time of last year',
      () => event('1', { time: hoursFromNow(-9_000) }),
      '422 signals_refused',
    ],
    ['a time that is none', () => event('1', { time: 'yesterday' }), '400 malformed_body'],
    [
      'a kind nobody knows',
      () => event('1', { type: 'belay.signal.outcome.__proto__' }),
      '422 signals_refused',
    ],
    [
      'a batch of which one is bad',
      () => `[${event('1')},${event('1', { time: hoursFromNow(1) })}]`,
      '422 signals_refused',
    ],
  ])('is refused: %s, and the score stays as it was', async (_, body, expected) => {
    const answer = await send(body());
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
    expect(answer.body.detail).toMatch(/\w+.*\./);
    expect(await standing()).toEqual(before);
  });
});

describe('evidence that comes oddly', () => {
  it('counts once, also twice in one call and again later', async () => {
    const once = event('1');
    expect((await send(`[${once},${once}]`)).body).toMatchObject({ accepted: 1, duplicates: 1 });
    const after = await standing();
    expect((await send(once)).body).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await standing()).toEqual(after);
  });

  it('counts a little less when it is an hour late, and never more', async () => {
    const [late, prompt] = [await makeFleet(), await makeFleet()];
    await late.signal('outcome.validation_failed', {}, { time: hoursFromNow(-1) });
    await prompt.signal('outcome.validation_failed');
    expect(await late.score()).toBeGreaterThanOrEqual((await prompt.score()) - 1e-6);
  });

  it('gives the same score in whichever order it arrives, to a millionth', async () => {
    const times = [-5, -4, -3, -2, -1].map(hoursFromNow);
    const scores = [];
    for (const order of [times, [...times].reverse()]) {
      const one = await makeFleet();
      for (const time of order)
        for (const kind of ['outcome.validation_passed', 'outcome.corrected'])
          await one.signal(kind, {}, { time });
      scores.push(await one.score());
    }
    expect(scores[0]).toBeCloseTo(scores[1] ?? -1, 6);
  });

  it('cannot come from an agent about another', async () => {
    const other = await makeFleet();
    const stranger = event('1', { subject: other.agentId });
    expect((await send(stranger)).body.code).toBe('signals_refused');
    expect(await other.score()).toBeLessThan(0.3);
  });
});
