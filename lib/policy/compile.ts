import { createHash } from 'node:crypto';
import { policyToJson, validate, type PolicyJson } from './cedar';
import { PolicyInvalid, type PolicyProblem } from './errors';
import { factsUsed, type FactsUsed } from './facts-used';
import { lineAndColumn, problemAt } from './problems';
import { POLICY_SCHEMA_TEXT } from './schema';
import { splitRules, type RuleText } from './split-rules';

/** One rule of a compiled set, with the annotations its reasons are made of. */
export interface CompiledRule {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly code: string;
  readonly reason: string;
  readonly remedy?: string;
  /** First line of the rule in the text it came from. */
  readonly line: number;
}

/** A validated policy set, ready to be asked. Made by `compilePolicies`; immutable; safe to keep and share. */
export interface CompiledPolicies {
  /** SHA-256 of the rules: the same rules have the same id. */
  readonly id: string;
  readonly rules: ReadonlyMap<string, CompiledRule>;
  readonly texts: Readonly<Record<string, string>>;
  /** The rules as Cedar's own JSON, by id: for finding out what they depend on. */
  readonly parsed: ReadonlyMap<string, PolicyJson>;
  /** What the rules look at; the rest of a call is not handed to Cedar. */
  readonly uses: FactsUsed;
}

/** A policy set as one text, or as a map of rule id to rule text. */
export type PolicySource = string | Readonly<Record<string, string>>;

interface Draft {
  readonly source: string;
  readonly rule: RuleText;
  readonly id?: string;
}

/** A rule that parses. */
export interface ParsedRule extends Draft {
  readonly id: string;
  readonly compiled: CompiledRule;
  readonly json: PolicyJson;
}

/**
 * Parses and validates a policy set.
 * The id of a rule is its key in the map, or its `@id` annotation in a text; a rule of a text without one is `rule-<n>`.
 * @throws PolicyInvalid with every problem found, each with line and column
 * @example compilePolicies('@id("all") permit (principal, action, resource);').rules.has('all') // true
 */
export function compilePolicies(source: PolicySource): CompiledPolicies {
  const parsed = parseRules(source);
  const problems = validateRules(parsed, POLICY_SCHEMA_TEXT);
  if (problems.length > 0) throw new PolicyInvalid(problems);
  const texts = Object.fromEntries([...parsed].map(([id, rule]) => [id, rule.rule.text]));
  return {
    id: createHash('sha256').update(JSON.stringify(texts)).digest('hex'),
    rules: new Map([...parsed].map(([id, rule]) => [id, rule.compiled])),
    texts,
    parsed: new Map([...parsed].map(([id, rule]) => [id, rule.json])),
    uses: factsUsed([...parsed.values()].map(({ json }) => json)),
  };
}

/**
 * The rules of a set by their ids, not yet held against any schema.
 * @throws PolicyInvalid with everything that does not parse, each with line and column
 */
export function parseRules(source: PolicySource): ReadonlyMap<string, ParsedRule> {
  const problems: PolicyProblem[] = [];
  const parsed = new Map<string, ParsedRule>();
  draftsOf(source).forEach((draft, index) => {
    const result = parseRule(draft, index);
    if ('problems' in result) problems.push(...result.problems);
    else if (parsed.has(result.id)) problems.push(duplicate(result));
    else parsed.set(result.id, result);
  });
  if (problems.length > 0) throw new PolicyInvalid(problems);
  return parsed;
}

function draftsOf(source: PolicySource): Draft[] {
  if (typeof source === 'string') {
    return splitRules(source).map((rule) => ({ source, rule }));
  }
  return Object.entries(source).map(([id, text]) => ({
    source: text,
    rule: { text, offset: 0 },
    id,
  }));
}

function parseRule(draft: Draft, index: number): ParsedRule | { problems: PolicyProblem[] } {
  const answer = policyToJson(draft.rule.text);
  if (answer.type === 'failure') {
    return {
      problems: answer.errors.map((error) => problemAt(draft.source, draft.rule, error, draft.id)),
    };
  }
  const notes = answer.json.annotations ?? {};
  const id = draft.id ?? notes['id'] ?? `rule-${index + 1}`;
  const { effect } = answer.json;
  const verb = effect === 'permit' ? 'allows' : 'forbids';
  const remedy = notes['remedy'];
  const compiled: CompiledRule = {
    id,
    effect,
    code: notes['code'] ?? `policy.${id}`,
    reason: notes['reason'] ?? `The rule "${id}" ${verb} this action.`,
    line: lineAndColumn(draft.source, draft.rule.offset).line,
    ...(remedy === undefined ? {} : { remedy }),
  };
  return { ...draft, id, compiled, json: answer.json };
}

function duplicate(rule: ParsedRule): PolicyProblem {
  return {
    policyId: rule.id,
    message: `another rule already has the id "${rule.id}"`,
    ...lineAndColumn(rule.source, rule.rule.offset),
  };
}

/** One problem for each place and message: Cedar repeats a finding for each action a rule applies to. */
export function validateRules(
  parsed: ReadonlyMap<string, ParsedRule>,
  schema: string,
): PolicyProblem[] {
  const staticPolicies = Object.fromEntries([...parsed].map(([id, rule]) => [id, rule.rule.text]));
  const answer = validate({ schema, policies: { staticPolicies } });
  if (answer.type === 'failure') {
    return answer.errors.map((error) => ({ message: error.message, line: 1, column: 1 }));
  }
  const found = new Map<string, PolicyProblem>();
  for (const { policyId, error } of answer.validationErrors) {
    const rule = parsed.get(policyId);
    if (rule === undefined) continue;
    const problem = problemAt(rule.source, rule.rule, error, policyId);
    const message = problem.message.replace(/ for Action::"(?:execute|propose)"/, '');
    found.set(`${policyId} ${problem.line} ${problem.column} ${message}`, { ...problem, message });
  }
  return [...found.values()];
}
