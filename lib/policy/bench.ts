/** How fast a policy decides, measured by whoever has a clock. */
import { ask, askWhole } from './ask';
import { compilePolicies, type CompiledPolicies } from './compile';
import { decidePolicy } from './decide';
import { DEFAULT_POLICY_TEXT } from './default-policy';
import { inputOf } from './change';
import type { PolicyInput } from './input';
import type { PolicyDecision } from './decision';

export interface PolicyTiming {
  readonly name: string;
  readonly p50Us: number;
  readonly p99Us: number;
}

const CALLS = 4_000;
const RULES = 50;

/**
 * Microseconds a decision, over calls that differ in agent, tool, score and arguments.
 *
 * @param clock milliseconds, finer than a microsecond
 */
export function measurePolicies(clock: () => number): PolicyTiming[] {
  const set = compilePolicies(policyOfFiftyRules());
  const calls = Array.from({ length: CALLS }, (_, index) => callNumber(index));
  const measured = (name: string, decide: (call: PolicyInput) => PolicyDecision) => ({
    name,
    ...timesOf(clock, calls, decide),
  });
  return [
    measured('50 rules, those that can matter', (call) => decidePolicy(set, call, ask)),
    measured('50 rules, all of them', (call) => decidePolicy(set, call, askWhole)),
    measured('50 rules, answers remembered', (call) => decidePolicy(set, call)),
    measured('the default rules, those that can matter', (call) => decidePolicy(ladder, call, ask)),
    measured('the default rules, answers remembered', (call) => decidePolicy(ladder, call)),
  ];
}

const ladder: CompiledPolicies = compilePolicies(DEFAULT_POLICY_TEXT);

/** The middle and the hundredth worst of the times that `decide` takes, after half of the calls as a warm-up. */
export function timesOf<Call>(
  clock: () => number,
  calls: readonly Call[],
  decide: (call: Call) => unknown,
): Omit<PolicyTiming, 'name'> {
  for (const call of calls.slice(0, calls.length / 2)) decide(call);
  const times = calls.map((call) => {
    const started = clock();
    decide(call);
    return (clock() - started) * 1_000;
  });
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50Us: at(0.5), p99Us: at(0.99) };
}

/** The default ladder and, up to fifty, rules as teams write them: of tools, of agents, of amounts and of hours. */
export function policyOfFiftyRules(): string {
  const own = Array.from({ length: RULES - ladder.rules.size }, (_, index) =>
    TEAM_RULES[index % TEAM_RULES.length]?.(index),
  );
  return [DEFAULT_POLICY_TEXT, ...own].join('\n');
}

const TEAM_RULES: readonly ((index: number) => string)[] = [
  (index) => `@id("tool-${index}") forbid (principal, action == Action::"execute", resource)
    when { context.tool.name == "tool.${index}" && context.trust.rung < 5 && !context.approved };`,
  (index) => `@id("agent-${index}") forbid (principal == Agent::"agent-${index}", action, resource)
    when { context.tool.egress && context.hour < 6 };`,
  (index) => `@id("amount-${index}") forbid (principal, action == Action::"execute", resource)
    when { context.tool.name == "tool.${index}" && !context.approved &&
      context.numbers.hasTag("amount") && context.numbers.getTag("amount") > 500 };`,
  (index) => `@id("tag-${index}") permit (principal, action == Action::"execute", resource)
    when { context.tool.tags.contains("team-${index}") && context.trust.rung >= 4 && context.approved };`,
];

/** Every call waits for a person, so that each is asked about twice. */
function callNumber(index: number): PolicyInput {
  const risk = (['low', 'high', 'medium', 'critical'] as const)[index % 4];
  return inputOf({
    agent: { id: `agent-${index % 40}` },
    tool: {
      name: `tool.${index % 50}`,
      risk,
      egress: index % 3 === 0,
      tags: [`team-${index % 40}`],
    },
    trust: { rung: 3 + (index % 2), score: 0.5 + (index % 1_000) / 2_500 },
    arguments: { amount: index, note: `note ${index}` },
    hour: index % 24,
  });
}
