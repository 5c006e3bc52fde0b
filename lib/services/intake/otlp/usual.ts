/** What is usual for an agent: running means of its tokens and of its failures, from telemetry. */
import type { Sql } from '@/lib/db';
import type { Item } from '../take';
import type { Observation } from './operations';

export interface Observed extends Item {
  readonly observation: Observation;
}

interface Mean {
  count: number;
  mean: number;
}

/** A mean of fewer observations says nothing yet. */
const LEAST_COUNT = 20;
/** How many observations a mean rests on once there are that many: older ones fade. */
const WINDOW = 50;
/** Tokens beyond this many times the mean are unusual; one observation counts for no more than that in the mean. */
const TOKENS_FACTOR = 4;
/** Failures beyond this share of the recent calls are unusual. */
const ERROR_SHARE = 0.15;

const fold = ({ count, mean }: Mean, value: number): Mean => ({
  count: Math.min(WINDOW, count + 1),
  mean: mean + (value - mean) / Math.min(WINDOW, count + 1),
});

/**
 * Folds new observations of agents into their means and says what was unusual. Locks the means it changes, in the order of their
 * names.
 */
export async function compareWithUsual(
  sql: Sql,
  workspaceId: string,
  fresh: readonly Observed[],
): Promise<Item[]> {
  const values = fresh.flatMap(valuesOf);
  if (values.length === 0) return [];
  const means = await lockMeans(sql, workspaceId, values);
  const unusual = new Map<string, Item>();
  for (const { item, key, measure, value } of values) {
    const usual = means.get(key) ?? { count: 0, mean: 0 };
    const isRate = measure === 'errors';
    const most = usual.count < LEAST_COUNT ? Infinity : usual.mean * TOKENS_FACTOR;
    const next = fold(usual, isRate ? value : Math.min(value, Math.max(most, 1)));
    means.set(key, next);
    const found = isRate ? errorRate(item, next, value) : tokensHigh(item, usual, value, most);
    // Once a delivery: a hundred failures in a row are one finding, not a hundred.
    if (found !== undefined) unusual.set(key, found);
  }
  await writeMeans(sql, workspaceId, means);
  return [...unusual.values()];
}

interface Value {
  readonly item: Observed;
  readonly key: string;
  readonly measure: string;
  readonly value: number;
}

function valuesOf(item: Observed): Value[] {
  const { operation, tokens, call, failed } = item.observation;
  const named = (measure: string, value: number): Value => ({
    item,
    key: JSON.stringify([item.agentId, measure]),
    measure,
    value,
  });
  return [
    ...(call ? [named('errors', failed ? 1 : 0)] : []),
    ...(tokens === undefined ? [] : [named(`tokens ${operation}`, tokens)]),
  ];
}

function errorRate(item: Observed, { count, mean }: Mean, failed: number): Item | undefined {
  if (failed === 0 || count < LEAST_COUNT || mean <= ERROR_SHARE) return undefined;
  const detail = { share: Math.round(mean * 100) / 100, calls: count };
  return { ...item, statement: { kind: 'behavior.error_rate', magnitude: mean, detail } };
}

function tokensHigh(item: Observed, usual: Mean, tokens: number, most: number): Item | undefined {
  if (usual.count < LEAST_COUNT || tokens <= most || tokens < 1) return undefined;
  const detail = { tokens, usual: Math.round(usual.mean) };
  const magnitude = Math.min(1, tokens / (16 * Math.max(1, usual.mean)));
  return { ...item, statement: { kind: 'behavior.tokens_high', magnitude, detail } };
}

async function lockMeans(
  sql: Sql,
  workspaceId: string,
  values: readonly Value[],
): Promise<Map<string, Mean>> {
  const keys = [...new Set(values.map(({ key }) => key))].sort();
  const rows = await sql<Mean & { agent_id: string; measure: string }>(
    `INSERT INTO agent_usage (workspace_id, agent_id, measure, count, mean)
     SELECT $1, s.agent_id, s.measure, 0, 0 FROM unnest($2::uuid[], $3::text[]) AS s (agent_id, measure)
     ON CONFLICT (workspace_id, agent_id, measure) DO UPDATE SET count = agent_usage.count
     RETURNING agent_id, measure, count, mean`,
    [workspaceId, ...columns(keys)],
  );
  return new Map(
    rows.map(({ agent_id: agentId, measure, count, mean }) => [
      JSON.stringify([agentId, measure]),
      { count, mean },
    ]),
  );
}

async function writeMeans(
  sql: Sql,
  workspaceId: string,
  means: ReadonlyMap<string, Mean>,
): Promise<void> {
  const states = [...means.values()];
  await sql(
    `UPDATE agent_usage u SET count = s.count, mean = s.mean
     FROM unnest($2::uuid[], $3::text[], $4::int[], $5::float8[]) AS s (agent_id, measure, count, mean)
     WHERE u.workspace_id = $1 AND u.agent_id = s.agent_id AND u.measure = s.measure`,
    [
      workspaceId,
      ...columns([...means.keys()]),
      states.map(({ count }) => count),
      states.map(({ mean }) => mean),
    ],
  );
}

function columns(keys: readonly string[]): [agents: string[], measures: string[]] {
  const pairs = keys.map((key) => JSON.parse(key) as [string, string]);
  return [pairs.map(([agentId]) => agentId), pairs.map(([, measure]) => measure)];
}
