import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, askRemembering, askWhole, prepareCall } from '../ask';
import { decidePolicy } from '../decide';
import { compilePolicies, DEFAULT_POLICY_TEXT, type PolicyInput } from '../index';
import { callWith } from '../test-inputs';

/** Adding to the largest whole number fails at evaluation, in a way no validator sees. */
const FAILS = '9223372036854775807 + context.trust.rung > 0';

const plain = fc.constantFrom(
  'context.tool.name == "mail.send"',
  '"crm.read" == context.tool.name',
  'context.tool.name != "mail.send"',
  'context.tool.entity == Tool::"crm.read"',
  'context.tool.sideEffect',
  '!context.tool.sideEffect',
  'context.trust.rung >= 3',
  '3 > context.trust.rung',
  'context.trust.score <= 7000',
  'context.trust.score == 8000',
  '["high", "critical"].contains(context.tool.risk)',
  'context.tool.tags.contains("mail")',
  'context.agent.tags.contains("support")',
  'context.approved',
  'context has purpose && context.purpose == "x"',
  'context.endUser has role && context.endUser.role == "y"',
  'context.agent.owner == "é\\u{1F600}"',
  'context.tool == context.tool',
  'context.numbers.hasTag("n")',
  'context.numbers.hasTag("n") && context.numbers.getTag("n") > 5',
  'context.numbers.hasTag("n") && context.numbers.getTag("n") <= 1',
  'context.arguments.hasTag("n") && context.arguments.getTag("n") != "9"',
  'resource.hasTag("region") && resource.getTag("region") == "eu"',
  '!resource.hasTag("region")',
  'true',
  'false',
);
/** Forms the guards leave to Cedar, some of which fail. */
const cedarOnly = fc.constantFrom(
  FAILS,
  'context.tool.name like "mail.*"',
  'context.numbers.hasTag("n") && context.numbers.getTag("n") + 1 > 5',
  'resource.hasTag("region") && resource.getTag("region") like "e*"',
  'principal == Agent::"agent-1"',
  'context.trust.rung + 1 > 3',
  'if context.approved then context.tool.egress else true',
  `context.approved && ${FAILS}`,
);
const leaf = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: cedarOnly });
const condition = fc.oneof(
  leaf,
  fc
    .tuple(leaf, fc.constantFrom('&&', '||'), leaf)
    .map(([one, operator, other]) => `(${one}) ${operator} (${other})`),
  leaf.map((one) => `!(${one})`),
);
const rule = fc
  .record({
    effect: fc.constantFrom('permit', 'forbid'),
    principal: fc.constantFrom('principal', 'principal == Agent::"agent-1"', 'principal is Agent'),
    action: fc.constantFrom(
      'action',
      'action == Action::"execute"',
      'action in [Action::"propose"]',
      'action in [Action::"execute", Action::"propose"]',
    ),
    resource: fc.constantFrom(
      'resource',
      'resource == Resource::"record/7"',
      'resource in Resource::"record/7"',
    ),
    conditions: fc.array(fc.tuple(fc.constantFrom('when', 'unless'), condition), { maxLength: 3 }),
  })
  .map(
    ({ effect, principal, action, resource, conditions }) =>
      `${effect} (${principal}, ${action}, ${resource})${conditions
        .map(([kind, body]) => ` ${kind} { ${body} }`)
        .join('')};`,
  );
const call = fc
  .record({
    rung: fc.constantFrom(1, 2, 3, 4, 5),
    score: fc.constantFrom(0, 0.7, 0.8, 1),
    tool: fc.record({
      name: fc.constantFrom('mail.send', 'crm.read', 'other'),
      sideEffect: fc.constantFrom('none', 'write'),
      risk: fc.constantFrom('low', 'high'),
      egress: fc.boolean(),
      tags: fc.constantFrom([], ['mail'], ['\ud800']),
    }),
    purpose: fc.option(fc.constantFrom('x', 'z'), { nil: undefined }),
    arguments: fc.constantFrom({}, { n: 9 }, { n: 8 }, { n: 1 }, { n: 0.5 }, { n: null }),
    properties: fc.constantFrom({}, { region: 'eu' }, { region: 'us' }),
    owner: fc.constantFrom('person-1', 'é😀', '\ud83d'),
    id: fc.constantFrom('7', '8'),
    agentId: fc.constantFrom('agent-1', 'agent-2'),
  })
  .map(({ owner, id, agentId, purpose, ...options }): PolicyInput => {
    const made = callWith({
      ...options,
      ...(purpose === undefined ? {} : { purpose }),
    });
    return {
      ...made,
      agent: { ...made.agent, owner, id: agentId },
      resource: { ...made.resource, id },
    };
  });

/** A rule the strict validator refuses (a part that is always false, say) makes no set. */
function setOf(rules: readonly string[]) {
  const good = rules.filter((text) => {
    try {
      compilePolicies(text);
      return true;
    } catch {
      return false;
    }
  });
  return compilePolicies(good.join('\n'));
}

describe('asking only the rules that can matter', () => {
  it('gives the same outcome, reasons, rules and errors as asking all of them', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 8 }),
        fc.array(call, { minLength: 4, maxLength: 10 }),
        (rules, calls) => {
          const set = setOf(rules);
          for (const input of calls)
            for (const way of [ask, askRemembering])
              expect(decidePolicy(set, input, way)).toEqual(decidePolicy(set, input, askWhole));
        },
      ),
      { seed: 2026, numRuns: 150 },
    );
  }, 120_000);

  it('gives a remembered answer only where asking again gives it, values included that Cedar cannot be told', () => {
    const values = fc.constantFrom('eu', 'us', '9', 9, 8, 1, 0.5, 2 ** 60, null, [1], {});
    const odd = fc.tuple(call, values, values).map(([input, n, region]) => ({
      ...input,
      arguments: { n },
      resource: { ...input.resource, properties: { region } },
    }));
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 8 }),
        fc.array(odd, { minLength: 10, maxLength: 30 }),
        (rules, calls) => {
          const set = setOf(rules);
          for (const input of calls)
            expect(decidePolicy(set, input, askRemembering)).toEqual(decidePolicy(set, input, ask));
        },
      ),
      { seed: 2026, numRuns: 150 },
    );
  }, 120_000);

  it('does so for the default rules on every rung', () => {
    const set = compilePolicies(DEFAULT_POLICY_TEXT);
    fc.assert(
      fc.property(call, (input) => {
        for (const way of [ask, askRemembering])
          expect(decidePolicy(set, input, way)).toEqual(decidePolicy(set, input, askWhole));
      }),
      { seed: 2026, numRuns: 150 },
    );
  }, 60_000);
});

describe('a slice', () => {
  const idsFor = (text: string, input = callWith()) => {
    const compiled = compilePolicies(text);
    const asked = prepareCall(compiled, input);
    return Object.keys(asked.cut('execute', false).slice?.texts ?? {});
  };
  const when = (id: string, condition: string) =>
    `@id("${id}") permit (principal, action, resource) when { ${condition} };\n`;

  it('leaves out rules about other tools, agents, resources and actions', () => {
    const text = [
      when('mine', 'context.tool.name == "records.update"'),
      when('other', 'context.tool.name == "other"'),
      '@id("agent") permit (principal == Agent::"x", action, resource);',
      '@id("resource") permit (principal, action, resource == Resource::"record/8");',
      '@id("action") permit (principal, action == Action::"propose", resource);',
    ].join('\n');
    expect(idsFor(text)).toEqual(['mine']);
  });

  it('keeps a rule that could fail before the part that does not hold', () => {
    const text =
      when('first', `${FAILS} && context.tool.name == "other"`) +
      when('second', `context.tool.name == "other" && ${FAILS}`);
    expect(idsFor(text)).toEqual(['first']);
  });

  it('is the whole set when a set has too many of them', () => {
    const rules = Array.from({ length: 200 }, (_, n) =>
      when(`r${n}`, `context.tool.name == "t${n}"`),
    );
    const compiled = compilePolicies(rules.join(''));
    const outcomes = Array.from({ length: 200 }, (_, n) =>
      decidePolicy(compiled, callWith({ tool: { name: `t${n}` } })),
    );
    expect(outcomes.map(({ ruleIds }) => ruleIds)).toEqual(rules.map((_, n) => [`r${n}`]));
  }, 60_000);

  it('is asked about other arguments again when it holds more rules than can matter', () => {
    const rules = Array.from({ length: 200 }, (_, n) =>
      when(
        `r${n}`,
        `context.tool.name == "t${n}" && context.numbers.hasTag("n") && context.numbers.getTag("n") > 5`,
      ),
    );
    const compiled = compilePolicies(rules.join(''));
    const outcome = (tool: number, n: number) =>
      decidePolicy(compiled, callWith({ tool: { name: `t${tool}` }, arguments: { n } })).outcome;
    for (let tool = 0; tool < 200; tool += 1) outcome(tool, 9);
    expect([outcome(199, 9), outcome(199, 1), outcome(199, 9)]).toEqual(['allow', 'deny', 'allow']);
  }, 60_000);
});
