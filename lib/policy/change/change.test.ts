import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicies, decidePolicy, DEFAULT_POLICY_TEXT, OUTCOMES } from '../index';
import {
  changeOf,
  gridInputs,
  inputOf,
  mayDiffer,
  provable,
  runStoredTests,
  widens,
} from './index';

const DEFAULT = compilePolicies(DEFAULT_POLICY_TEXT);
const plus = (rules: string) => compilePolicies(`${DEFAULT_POLICY_TEXT}\n${rules}`);
const replaced = (from: string, to: string) => {
  expect(DEFAULT_POLICY_TEXT).toContain(from);
  return compilePolicies(DEFAULT_POLICY_TEXT.replace(from, to));
};
function someWidens(before: typeof DEFAULT, after: typeof DEFAULT): boolean {
  const differs = mayDiffer(before, after);
  for (const input of gridInputs([before.uses.context, after.uses.context])) {
    if (!differs(input)) continue;
    const change = changeOf(before, after, input);
    if (change !== undefined && widens(change)) return true;
  }
  return false;
}

describe('tests that stay with a policy', () => {
  it('are run one by one, and say what came instead', () => {
    const results = runStoredTests(DEFAULT, [
      { name: 'a read', input: { tool: { sideEffect: 'none', egress: false } }, expect: 'allow' },
      { name: 'a write on rung 1', input: {}, expect: 'allow' },
    ]);
    expect(results).toMatchObject([
      { passed: true, outcome: 'allow' },
      { passed: false, outcome: 'deny', reasons: [{ code: 'ladder.rung_1_read_only' }] },
    ]);
  });

  it('fill in what they leave out with the worst', () => {
    expect(inputOf({ trust: { rung: 4 } })).toMatchObject({
      tool: { sideEffect: 'write', reversible: false, egress: true, risk: 'high', known: true },
      context: { trust: { rung: 4, score: 0.7 }, provenance: { injection: false } },
    });
  });
});

describe('what the rules prove about a change', () => {
  it.each([
    ['nothing', DEFAULT],
    ['another sentence', replaced('Reading public or internal data inside', 'This')],
    ['another forbid', plus('forbid (principal, action, resource) when { context.hour < 6 };')],
    [
      'one permit less',
      compilePolicies(DEFAULT_POLICY_TEXT.replace(/@id\("ladder-read"\)[^;]*;/, '')),
    ],
  ])('%s is narrower', (_name, after) => {
    expect(provable(DEFAULT, after)).toBe('narrower');
  });

  it('a change of facts of the grid can be compared completely', () => {
    const after = replaced(
      'context.trust.rung >= 5 && context.tool.risk',
      'context.trust.rung >= 4 && context.tool.risk',
    );
    expect(provable(DEFAULT, after)).toBe('comparable');
    expect(someWidens(DEFAULT, after)).toBe(true);
  }, 60_000);

  it.each([
    ['a name', 'context.tool.name == "x"'],
    ['the score', 'context.trust.score > 5000'],
    ['a whole record', 'context.tool == context.tool'],
    ['arguments', 'context.arguments.hasTag("x")'],
    ['who asks', 'principal == Agent::"x"'],
  ])('a permit that reads %s proves nothing', (_name, condition) => {
    const after = plus(`permit (principal, action, resource) when { ${condition} };`);
    expect(provable(DEFAULT, after)).toBe('open');
  });
});

it('rules that are proven narrower widen nothing on the whole grid', () => {
  const after = plus('forbid (principal, action, resource) when { context.trust.rung == 3 };');
  expect(someWidens(DEFAULT, after)).toBe(false);
}, 60_000);

it('a change about one agent is told apart from calls of all others, without asking', () => {
  const after = plus('permit (principal == Agent::"x", action, resource);');
  const differs = mayDiffer(DEFAULT, after);
  expect(differs(inputOf({ agent: { id: 'x' } }))).toBe(true);
  expect(differs(inputOf({ agent: { id: 'y' } }))).toBe(false);
  expect(mayDiffer(DEFAULT, DEFAULT)(inputOf({}))).toBe(false);
});

describe('the grid', () => {
  it('has every combination of the facts the default rules read, once', () => {
    const inputs = [...gridInputs([DEFAULT.uses.context])];
    expect(inputs).toHaveLength(5_120);
    expect(new Set(inputs.map((input) => JSON.stringify(input))).size).toBe(5_120);
  });

  it('varies nothing that no rule reads', () => {
    const set = compilePolicies(
      'permit (principal, action, resource) when { context.trust.rung > 3 };',
    );
    expect([...gridInputs([set.uses.context])]).toHaveLength(5);
  });

  it('finds a widening wherever a random call shows one, when both sets read only its facts', () => {
    const condition = fc.constantFrom(
      'context.trust.rung >= 3',
      'context.trust.rung < 2',
      'context.tool.sideEffect',
      'context.tool.risk == "high"',
      'context.dataClass == "restricted"',
      'context.provenance.thirdPartyOnly',
      'context.approved',
    );
    const rule = fc.tuple(
      fc.constantFrom('permit', 'forbid'),
      fc.constantFrom('action', 'action == Action::"execute"'),
      fc.constantFrom('when', 'unless'),
      condition,
    );
    const set = fc
      .array(rule, { minLength: 1, maxLength: 5 })
      .map((rules) =>
        compilePolicies(
          rules.map(([e, a, k, c]) => `${e} (principal, ${a}, resource) ${k} { ${c} };`).join('\n'),
        ),
      );
    const call = fc.record({
      trust: fc.record({ rung: fc.constantFrom(1, 2, 3, 4, 5) }),
      tool: fc.record({
        sideEffect: fc.constantFrom('none' as const, 'write' as const),
        risk: fc.constantFrom('low' as const, 'high' as const),
      }),
      dataClass: fc.constantFrom('internal' as const, 'restricted' as const),
      provenance: fc.record({ thirdPartyOnly: fc.boolean() }),
    });
    fc.assert(
      fc.property(set, set, call, (before, after, outline) => {
        if (changeOf(before, after, inputOf(outline)) !== undefined)
          expect(mayDiffer(before, after)(inputOf(outline))).toBe(true);
        const rank = (policies: typeof before) =>
          OUTCOMES.indexOf(decidePolicy(policies, inputOf(outline)).outcome);
        if (rank(after) >= rank(before)) return;
        expect(provable(before, after)).toBe('comparable');
        expect(someWidens(before, after)).toBe(true);
      }),
      { seed: 2026, numRuns: 60 },
    );
  }, 60_000);
});
