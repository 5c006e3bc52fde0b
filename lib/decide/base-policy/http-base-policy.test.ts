import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BasePolicyInput } from '@/lib/policy/base';
import { json, startDecisionPoint, type DecisionPoint } from '../testing/decision-point';
import { httpBasePolicy, type BasePolicyPlace } from './http-base-policy';

const input: BasePolicyInput = {
  agent: { id: 'a-1', name: 'Mailer', owner: 'ann', version: '1', tags: [] },
  tool: {
    name: 'mail.send',
    known: true,
    sideEffect: 'write',
    reversible: false,
    egress: true,
    dataClass: 'internal',
    risk: 'high',
    untrustedOutput: false,
    tags: [],
  },
  arguments: {},
  resource: { type: 'mailbox', id: 'm-1' },
};

let point: DecisionPoint;
let now: number;
beforeEach(async () => {
  point = await startDecisionPoint();
  now = 1_000_000;
});
afterEach(() => point.close());

const policy = (changes: Partial<BasePolicyPlace> = {}) =>
  httpBasePolicy(
    { kind: 'opa', url: point.url, path: 'agents', timeoutMs: 1_000, token: undefined, ...changes },
    () => now,
  );
const codeOf = async (asked: ReturnType<ReturnType<typeof policy>['decide']>) => {
  const { outcome, reasons } = await asked;
  if (outcome !== 'allow') expect(outcome).toBe('deny');
  return reasons[0]?.code ?? outcome;
};

describe('a decision point that answers', () => {
  it('is asked in its own words, with its token, and believed', async () => {
    expect(await codeOf(policy({ token: 'word' }).decide(input))).toBe('allow');
    expect(point.asked).toEqual([
      { path: '/v1/data/agents', authorization: 'Bearer word', body: { input } },
    ]);
    point.answer = json({ decision: false });
    expect(await codeOf(policy({ kind: 'authzen' }).decide(input))).toBe('base_policy.deny');
    expect(point.asked[1]?.path).toBe('/access/v1/evaluation');
  });
});

describe('a decision point that does not', () => {
  it.each<[string, DecisionPoint['answer'], string]>([
    ['fails', json({ error: 'x' }, 500), 'base_policy.unreachable'],
    ['does not know the caller', json({}, 401), 'base_policy.refused'],
    [
      'sends elsewhere',
      (r) => r.writeHead(307, { location: '/other' }).end(),
      'base_policy.refused',
    ],
    ['has no such rule', json({}), 'base_policy.unreadable'],
    ['answers no JSON', (r) => r.end('<html>'), 'base_policy.unreadable'],
    ['answers too much', (r) => r.end(`"${'x'.repeat(80_000)}"`), 'base_policy.unreadable'],
    ['never answers', () => undefined, 'base_policy.timeout'],
    ['stops in the middle', (r) => r.writeHead(200).write('{"result":'), 'base_policy.timeout'],
    ['hangs up', (r) => r.destroy(), 'base_policy.unreachable'],
  ])('that %s means deny, within the time it was given', async (_name, answer, code) => {
    point.answer = answer;
    expect(await codeOf(policy().decide(input))).toBe(code);
    expect(point.asked.map(({ path }) => path)).toEqual(['/v1/data/agents']);
  });

  it('that listens no longer means deny', async () => {
    await point.close();
    expect(await codeOf(policy().decide(input))).toBe('base_policy.unreachable');
  });
});

describe('the circuit', () => {
  const failing = async (asking: ReturnType<typeof policy>) => {
    point.answer = json({}, 503);
    for (let n = 0; n < 5; n += 1) await asking.decide(input);
  };

  it('opens after five failures in a row: then nothing is asked, and the answer is a deny at once', async () => {
    const asking = policy();
    await failing(asking);
    expect(await codeOf(asking.decide(input))).toBe('base_policy.circuit_open');
    expect(point.asked).toHaveLength(5);
  });

  it('lets one question through after ten seconds, and closes when it is answered', async () => {
    const asking = policy();
    await failing(asking);
    now += 10_000;
    point.answer = json({ result: true });
    const codes = await Promise.all([codeOf(asking.decide(input)), codeOf(asking.decide(input))]);
    expect(codes).toEqual(['allow', 'base_policy.circuit_open']);
    expect(await codeOf(asking.decide(input))).toBe('allow');
  });

  it('is not opened by questions it refuses: one agent cannot shut out the others', async () => {
    const asking = policy();
    for (const answer of [json({}, 413), json({}, 400), json({ result: 'no' })]) {
      point.answer = answer;
      for (let n = 0; n < 6; n += 1) await asking.decide(input);
    }
    point.answer = json({ result: true });
    expect(await codeOf(asking.decide(input))).toBe('allow');
  });
});
