/** Whether calls like one that waits may be let through with it. Pure. */
import {
  DomainError,
  patternOf,
  reachOf,
  valuesOfCall,
  type ApprovalDetail,
  type GrantPattern,
  type GrantScope,
  type VerdictRules,
} from '@/lib/contracts';
import { shownText, type ToolFacts } from '@/lib/decide';
import type { ApprovalRow } from '@/lib/services/approvals/approval-rows';
import { requireWithin } from './scope-limits';
import { readByItself } from '@/lib/services/approvals/by-itself';

type Asked = Pick<
  ApprovalRow,
  'reasons' | 'provenance' | 'risk' | 'verdictsNeeded' | 'arguments' | 'resource' | 'askedWith'
>;
type Tool = Pick<ToolFacts, 'known' | 'egress'>;

/** Why no grant can be given with this approval, or nothing when one can. */
function grantRefusal(
  approval: Asked,
  { known }: Pick<Tool, 'known'>,
  rules: VerdictRules,
): DomainError | undefined {
  const refuse = (code: string, text: string) => new DomainError('unprocessable', code, text);
  if (rules.grantMostUses === 0 || rules.grantMostMinutes === 0)
    return refuse('grants_off', 'An admin has switched grants off here.');
  if (approval.verdictsNeeded > 1)
    return refuse('grant_not_for_this', 'Each call of this kind needs two people.');
  if (!known)
    return refuse('grant_not_for_this', 'The tool is not in the catalogue, so nobody knows it.');
  if (approval.askedWith?.sentBy === undefined)
    return refuse('grant_not_for_this', 'This was asked for before grants were possible.');
  const alone = readByItself(approval);
  if (alone !== undefined) return refuse('grant_not_for_this', alone);
  const other = approval.reasons.find(({ source }) => source?.type !== 'rule');
  if (other !== undefined)
    return refuse(
      'grant_not_for_this',
      `This call waits for more than an approval, so each of its kind is looked at: ${other.text}`,
    );
  return undefined;
}

/**
 * Places that must stay as they are although their kind of value could vary: whatever came from outside, and every text of a tool
 * that reaches outside, since a text can carry anything.
 */
function fixedPlaces(approval: Asked, { egress }: Pick<Tool, 'egress'>): string[] {
  const outside = new Set(
    originsOf(approval.provenance)
      .filter(({ origin }) => origin === 'third_party')
      .map(({ value }) => value),
  );
  return [...valuesOfCall(approval)].flatMap(([path, value]) => {
    const reach = reachOf(path, value);
    if (reach === null) return [];
    const carried = egress && reach.kind === 'text';
    const shown = typeof value === 'string' ? shownText(value) : JSON.stringify(value);
    return carried || outside.has(shown) ? [path] : [];
  });
}

/** Origins name values as they are shown and places in their own way: the value itself is compared. */
function originsOf(provenance: unknown): { origin: string; value: string }[] {
  const { arguments: origins } = (provenance ?? {}) as { arguments?: unknown };
  return Array.isArray(origins) ? (origins as { origin: string; value: string }[]) : [];
}

/** The same as an answer for the screen. */
export function mayGrant(
  approval: Asked,
  tool: Tool,
  rules: VerdictRules,
): ApprovalDetail['mayGrant'] {
  const refusal = grantRefusal(approval, tool, rules);
  return {
    allowed: refusal === undefined,
    ...(refusal === undefined ? {} : { why: refusal.message }),
    mostUses: rules.grantMostUses,
    mostMinutes: rules.grantMostMinutes,
    fixed: refusal === undefined ? fixedPlaces(approval, tool) : [],
  };
}

/**
 * The pattern a grant would cover.
 *
 * @throws DomainError 422 `grants_off`, `grant_not_for_this`, `grant_over_limit`, `grant_too_wide`
 */
export function requireGrantable(
  approval: Asked,
  tool: Tool,
  { scope, rules }: { scope: GrantScope; rules: VerdictRules },
): GrantPattern {
  const refusal = grantRefusal(approval, tool, rules);
  if (refusal !== undefined) throw refusal;
  requireWithin(scope, rules);
  const { pattern, impossible } = patternOf(approval, scope.vary);
  const fixed = new Set(fixedPlaces(approval, tool));
  const wide = [...impossible, ...scope.vary.filter((path) => fixed.has(path))];
  if (wide.length === 0) return pattern;
  throw new DomainError(
    'unprocessable',
    'grant_too_wide',
    `These values have to stay as they are: ${wide.join(', ')}.`,
    { errors: wide.map((path) => ({ path, message: 'has to stay as it is' })) },
  );
}
