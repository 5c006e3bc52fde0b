import { requirePermission } from '@/lib/auth';
import {
  notFound,
  OUTCOMES,
  type PolicyExample,
  type PolicyPreview,
  type PolicyPreviewInput,
} from '@/lib/contracts';
import { sql } from '@/lib/db';
import { readTools } from '@/lib/decide';
import { catalogueFindings, compilePolicies, type PolicyProblem } from '@/lib/policy';
import { runStoredTests, widens } from '@/lib/policy/change';
import type { ServiceContext } from '@/lib/services/context';
import {
  compareRecorded,
  judgeWidening,
  recordedExample,
  type ChangedCall,
  type Pair,
} from './compare';
import { compileOrRefuse } from './compile';
import { readVersion, testsOf, versionInForce } from './policy-rows';
import { readRecordedCalls } from './recorded-calls';

const MAX_CALLS = 2_000;
const MAX_EXAMPLES = 12;
const DAY_MS = 86_400_000;

/**
 * What a text would have changed: recorded decisions asked again under it and under the version in force, its tests, and
 * whether it lets more through. Changes nothing.
 *
 * @throws DomainError `forbidden`, `invalid_policy`
 */
export async function previewPolicy(
  { actor, now }: ServiceContext,
  { text, tests, days }: PolicyPreviewInput,
): Promise<PolicyPreview> {
  requirePermission(actor, 'policies.edit');
  const after = compileOrRefuse(text);
  const { workspaceId } = actor;
  const since = new Date(now.getTime() - days * DAY_MS);
  const basedOn = await versionInForce(sql, workspaceId);
  const [current, recorded, tools] = await Promise.all([
    readVersion(sql, workspaceId, basedOn),
    readRecordedCalls(sql, workspaceId, { since, limit: MAX_CALLS }),
    readTools(sql, workspaceId),
  ]);
  if (current === undefined) throw notFound('policy');
  const pair = { before: compilePolicies(current.text), after };
  const compared = await compareRecorded(pair, recorded.calls);
  const tags = [...tools.values()].flatMap((tool) => tool.tags);
  const findings = catalogueFindings(text, after, { tools: [...tools.keys()], tags });
  return {
    basedOn,
    days,
    decisions: compared.length,
    settledElsewhere: recorded.settledElsewhere,
    truncated: recorded.truncated,
    ...tally(compared),
    examples: examplesOf(pair, compared),
    widening: await judgeWidening(pair, compared, tools.values()),
    tests: runStoredTests(after, tests ?? testsOf(current)).map((result) => ({
      ...result,
      reasons: result.reasons.map((reason) => ({ ...reason })),
    })),
    findings: findings.map((finding: PolicyProblem) => ({ ...finding })),
  };
}

function tally(compared: readonly ChangedCall[]) {
  return {
    counts: OUTCOMES.flatMap((before) =>
      OUTCOMES.map((after) => ({
        before,
        after,
        count: compared.filter((one) => one.before === before && one.after === after).length,
      })),
    ).filter(({ count }) => count > 0),
    byAgent: grouped(compared, ({ call }) => call.agentId).map((calls) => ({
      agentId: calls[0]?.call.agentId ?? '',
      agentName: calls[0]?.call.agentName ?? '',
      ...directions(calls),
    })),
    byTool: grouped(compared, ({ call }) => call.tool).map((calls) => ({
      tool: calls[0]?.call.tool ?? '',
      ...directions(calls),
    })),
  };
}

/** Groups in which something changes, the most changed first. */
function grouped(compared: readonly ChangedCall[], key: (one: ChangedCall) => string) {
  const groups = new Map<string, ChangedCall[]>();
  for (const one of compared) {
    const group = groups.get(key(one)) ?? [];
    groups.set(key(one), group);
    group.push(one);
  }
  const changed = (calls: readonly ChangedCall[]) => calls.length - directions(calls).same;
  return [...groups.values()]
    .filter((calls) => changed(calls) > 0)
    .sort((one, other) => changed(other) - changed(one));
}

function directions(calls: readonly ChangedCall[]) {
  const changed = calls.filter(({ before, after }) => before !== after);
  const wider = changed.filter(widens).length;
  return { wider, narrower: changed.length - wider, same: calls.length - changed.length };
}

/** What lets more through first, and one example of each kind before a second of any. */
function examplesOf(pair: Pair, compared: readonly ChangedCall[]): PolicyExample[] {
  const changed = compared.filter(({ before, after }) => before !== after);
  const seen = new Map<string, number>();
  const ranked = changed.map((one) => {
    const kind = `${one.before} ${one.after} ${one.call.tool} ${one.call.agentId}`;
    const turn = seen.get(kind) ?? 0;
    seen.set(kind, turn + 1);
    return { one, rank: turn * 2 + (widens(one) ? 0 : 1) };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_EXAMPLES)
    .map(({ one }) => recordedExample(pair, one));
}
