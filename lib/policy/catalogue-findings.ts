/** What a policy says about tools that the catalogue does not have: findings with their place, never refusals. */
import { validate, type PolicyJson } from './cedar';
import type { CompiledPolicies } from './compile';
import type { PolicyProblem } from './errors';
import { contextPath } from './facts-used';
import { lineAndColumn, utf16Offset } from './problems';
import { policySchemaFor } from './schema';
import { splitRules } from './split-rules';

export interface Catalogue {
  readonly tools: readonly string[];
  readonly tags: readonly string[];
}

/**
 * @param source the text `compiled` was made of
 * @returns one finding for each name and rule, in the order of the text
 */
export function catalogueFindings(
  source: string,
  compiled: CompiledPolicies,
  catalogue: Catalogue,
): PolicyProblem[] {
  const rules = splitRules(source);
  return [...compiled.parsed].flatMap(([policyId, json], index) => {
    const rule = rules[index];
    if (rule === undefined) return [];
    const found = [
      ...unknownEntities(rule.text, catalogue),
      ...unknownTexts(json, rule.text, catalogue),
    ];
    return found.map(({ message, at }) => ({
      policyId,
      message,
      ...lineAndColumn(source, rule.offset + at),
    }));
  });
}

interface Finding {
  readonly message: string;
  /** UTF-16 offset in the rule. */
  readonly at: number;
}

const noSuchTool = (name: string) => `the catalogue has no tool "${name}"`;

/** `Tool::"name"`: Cedar itself finds these, with the tools of the catalogue as the only ones of their type. */
function unknownEntities(text: string, catalogue: Catalogue): Finding[] {
  const answer = validate({
    schema: policySchemaFor(catalogue),
    policies: { staticPolicies: { rule: text } },
  });
  if (answer.type === 'failure') return [];
  const found = new Map<number, Finding>();
  for (const { error } of answer.validationErrors) {
    const name = /entity `Tool::"(.*)"` is of an enumerated/.exec(error.message)?.[1];
    const at = utf16Offset(text, error.sourceLocations?.[0]?.start ?? 0);
    if (name !== undefined) found.set(at, { message: noSuchTool(name), at });
  }
  return [...found.values()];
}

/** Texts that are compared with `context.tool.name`, or looked for in `context.tool.tags`. */
function unknownTexts(json: PolicyJson, text: string, catalogue: Catalogue): Finding[] {
  const { names, tags } = comparedTexts(json.conditions, { names: new Set(), tags: new Set() });
  const at = (value: string) => Math.max(0, text.indexOf(JSON.stringify(value)));
  const missing = (values: ReadonlySet<string>, known: readonly string[]) =>
    [...values].filter((value) => !known.includes(value));
  return [
    ...missing(names, catalogue.tools).map((name) => ({ message: noSuchTool(name), at: at(name) })),
    ...missing(tags, catalogue.tags).map((tag) => ({
      message: `no tool of the catalogue has the tag "${tag}"`,
      at: at(tag),
    })),
  ];
}

interface Compared {
  readonly names: Set<string>;
  readonly tags: Set<string>;
}

function comparedTexts(node: unknown, found: Compared): Compared {
  if (typeof node !== 'object' || node === null) return found;
  for (const [operator, operands] of Object.entries(node)) {
    const { left, right } = (operands ?? {}) as { left?: unknown; right?: unknown };
    if (['==', '!=', 'contains', 'containsAny', 'containsAll'].includes(operator)) {
      const path = [pathOf(left), pathOf(right)];
      if (path.includes('tool.name'))
        textsOf([left, right]).forEach((text) => found.names.add(text));
      if (path.includes('tool.tags'))
        textsOf([left, right]).forEach((text) => found.tags.add(text));
    }
    comparedTexts(operands, found);
  }
  return found;
}

function pathOf(node: unknown): string | undefined {
  return isNode(node) ? contextPath(node)?.join('.') : undefined;
}

function textsOf(nodes: readonly unknown[]): string[] {
  return nodes.flatMap((node) => {
    if (!isNode(node)) return [];
    const value = node['Value'];
    if (typeof value === 'string') return [value];
    return Array.isArray(node['Set']) ? textsOf(node['Set']) : [];
  });
}

function isNode(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
