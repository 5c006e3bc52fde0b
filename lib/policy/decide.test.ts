import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, compilePolicies, decidePolicy, narrower, DEFAULT_POLICY_TEXT } from './index';
import { callWith, type CallOptions } from './test-inputs';

const PERMIT = '@id("all") permit (principal, action, resource);';
/** Adding to the largest whole number fails at evaluation, in a way no validator sees. */
const FAILS = '9223372036854775807 + context.trust.rung > 0';
const outcomeOf = (text: string, options: CallOptions = {}) =>
  decidePolicy(compilePolicies(text), callWith(options)).outcome;

describe('deciding with a policy set', () => {
  it.each([
    ['allow', ''],
    [
      'require_approval',
      'forbid (principal, action == Action::"execute", resource) unless { context.approved };',
    ],
    ['suggest', 'forbid (principal, action == Action::"execute", resource);'],
    ['deny', 'forbid (principal, action, resource);'],
  ] as const)('answers %s', (outcome, narrowing) => {
    expect(outcomeOf(PERMIT + narrowing)).toBe(outcome);
  });

  it('denies when no rule says anything, and says so', () => {
    const { outcome, reasons } = decidePolicy(compilePolicies(''), callWith());
    expect(outcome).toBe('deny');
    expect(reasons.map(({ code }) => code)).toEqual(['policy.no_rule']);
  });

  it('counts a forbid that fails as a deny and reports it', () => {
    const set = compilePolicies(
      `${PERMIT} @id("broken") forbid (principal, action, resource) when { ${FAILS} };`,
    );
    const { outcome, reasons, errors } = decidePolicy(set, callWith());
    expect(outcome).toBe('deny');
    expect(errors.map(({ ruleId }) => ruleId)).toEqual(['broken']);
    expect(reasons).toContainEqual(
      expect.objectContaining({
        code: 'policy.forbid_failed',
        source: { type: 'error', id: 'broken' },
      }),
    );
  });

  it('counts a permit that fails as absent and reports it', () => {
    const broken = `@id("broken") permit (principal, action, resource) when { ${FAILS} };`;
    const alone = decidePolicy(compilePolicies(broken), callWith());
    const beside = decidePolicy(compilePolicies(PERMIT + broken), callWith());
    expect([alone.outcome, beside.outcome]).toEqual(['deny', 'allow']);
    expect(alone.reasons[0]?.code).toBe('policy.permit_failed');
    expect(beside.reasons.map(({ code }) => code)).toEqual(['policy.all', 'policy.permit_failed']);
  });

  it.each([
    ['a score that is not a number', { score: Number.NaN }],
    ['an infinite score', { score: Number.POSITIVE_INFINITY }],
    ['a score above one', { score: 1.01 }],
  ])('denies %s with a reason', (_name, options) => {
    const { outcome, reasons } = decidePolicy(compilePolicies(PERMIT), callWith(options));
    expect(outcome).toBe('deny');
    expect(reasons[0]?.code).toBe('policy.not_decidable');
  });

  it('shows scores to rules in basis points, rounded down', () => {
    const text = 'permit (principal, action, resource) when { context.trust.score >= 7000 };';
    expect(outcomeOf(text, { score: 0.69999 })).toBe('deny');
    expect(outcomeOf(text, { score: 0.7 })).toBe('allow');
  });

  it('lets rules read resource properties and arguments', () => {
    const text =
      'permit (principal, action, resource) when { resource.hasTag("region") && resource.getTag("region") == "eu" && context.numbers.hasTag("amount") && context.numbers.getTag("amount") <= 100 };';
    const call = { properties: { region: 'eu' }, arguments: { amount: 100 } };
    expect(outcomeOf(text, call)).toBe('allow');
    expect(outcomeOf(text, { ...call, arguments: { amount: 100.01 } })).toBe('deny');
    expect(outcomeOf(text, { ...call, properties: {} })).toBe('deny');
  });

  const AMOUNT =
    'forbid (principal, action, resource) when { context.numbers.hasTag("amount") && context.numbers.getTag("amount") > 10000 };';
  const LINK =
    'forbid (principal, action, resource) when { context.arguments.hasTag("url") && context.arguments.getTag("url") like "*evil*" };';
  const REGION =
    'forbid (principal, action, resource) when { resource.hasTag("region") && resource.getTag("region") != "eu" };';
  const padding = Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`k${n}`, n]));

  it.each([
    ['a number beyond 2^53', AMOUNT, { arguments: { amount: 1e17 } }],
    ['a number as text', AMOUNT, { arguments: { amount: '50000' } }],
    ['a number in a list', AMOUNT, { arguments: { amount: [50_000] } }],
    ['a number behind many others', AMOUNT, { arguments: { ...padding, amount: 50_000 } }],
    ['text behind padding', LINK, { arguments: { url: `${'x'.repeat(5_000)}evil` } }],
    ['text in a list', LINK, { arguments: { url: ['evil'] } }],
    ['a property in an object', REGION, { properties: { region: { is: 'us' } } }],
  ] as const)('lets no value past a rule by how it is written: %s', (_name, rule, call) => {
    expect(outcomeOf(PERMIT + rule, call)).toBe('deny');
  });

  it('names the value a rule cannot read, and lets calls pass that have none', () => {
    const set = compilePolicies(PERMIT + AMOUNT);
    const { reasons } = decidePolicy(set, callWith({ arguments: { amount: 'all' } }));
    expect(reasons.map(({ code }) => code)).toContain('policy.fact_not_readable');
    expect(reasons.map(({ text }) => text).join()).toContain('"amount"');
    for (const given of [{}, { amount: null }, { amount: 9_999.5 }, { sum: ['50000'] }])
      expect(outcomeOf(PERMIT + AMOUNT, { arguments: given })).toBe('allow');
  });

  it('tells calls apart by every fact its rules read, also when it remembers them', () => {
    const set = compilePolicies(
      'permit (principal == Agent::"agent-1", action, resource) when { context has purpose && context.purpose == "refund" };',
    );
    const refund = callWith({ purpose: 'refund' });
    const other = { ...refund, agent: { ...refund.agent, id: 'agent-2' } };
    const outcomes = [refund, callWith(), other, refund].map(
      (call) => decidePolicy(set, call).outcome,
    );
    expect(outcomes).toEqual(['allow', 'deny', 'deny', 'allow']);
  });

  it('decides the same with and without its memory', () => {
    const call = callWith({ rung: 3 });
    const once = compilePolicies(DEFAULT_POLICY_TEXT);
    expect(decidePolicy(once, call)).toEqual(decidePolicy(once, call));
    expect(decidePolicy({ ...once }, call)).toEqual(decidePolicy(once, call));
  });
});

describe('narrowing', () => {
  const outcome = fc.constantFrom(...OUTCOMES);
  const rank = (of: (typeof OUTCOMES)[number]) => OUTCOMES.indexOf(of);

  it('never widens, whatever is joined in whatever order', () => {
    fc.assert(
      fc.property(outcome, outcome, outcome, (a, b, c) => {
        expect(rank(narrower(a, b))).toBe(Math.max(rank(a), rank(b)));
        expect(narrower(a, b)).toBe(narrower(b, a));
        expect(narrower(narrower(a, b), c)).toBe(narrower(a, narrower(b, c)));
      }),
      { seed: 2026 },
    );
  });

  it('holds for every forbid added to the default ladder', () => {
    const rule = fc.record({
      action: fc.constantFrom(
        'action',
        'action == Action::"execute"',
        'action == Action::"propose"',
      ),
      condition: fc.constantFrom('true', '!context.approved', 'context.tool.sideEffect', FAILS),
    });
    const base = compilePolicies(DEFAULT_POLICY_TEXT);
    fc.assert(
      fc.property(rule, fc.constantFrom(1, 2, 3, 4, 5), ({ action, condition }, rung) => {
        const text = `${DEFAULT_POLICY_TEXT} forbid (principal, ${action}, resource) when { ${condition} };`;
        const call = callWith({ rung: rung });
        const before = decidePolicy(base, call).outcome;
        expect(rank(decidePolicy(compilePolicies(text), call).outcome)).toBeGreaterThanOrEqual(
          rank(before),
        );
      }),
      { seed: 2026, numRuns: 60 },
    );
  });
});
