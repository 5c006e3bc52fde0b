import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type EvaluationRun, type EvaluationRunInput } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import {
  applySignals,
  incidentOfRule,
  lockTrustStates,
  writeConsequences,
  type NewSignal,
} from '@/lib/decide';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import { requireAgent } from '@/lib/services/agents/lock';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { signalsOfRun, type RunScore } from '@/lib/trust';
import { judge } from './judge';
import {
  findRegressions,
  insertScores,
  keepResults,
  scoresOf,
  type Regression,
  type Run,
} from './run-rows';

/** How far clocks of suites may run ahead, and how old a run may be, in milliseconds. */
const MAX_AHEAD_MS = 5 * 60_000;
const MAX_AGE_MS = 365 * 86_400_000;
/** Checks named in the evidence of an incident. */
const NAMED_CHECKS = 20;

/**
 * Records the results of checks: they give signals in the layers they are about, open the incidents whose rules they break,
 * and decide whether commitments hold. The same run again counts nothing.
 *
 * @throws DomainError `forbidden`, `not_found` for the agent; 409 `run_differs`; 422 `run_refused`
 */
export async function recordEvaluationRun(
  context: ServiceContext,
  input: EvaluationRunInput,
): Promise<EvaluationRun> {
  const { actor, now } = context;
  requirePermission(actor, 'signals.record');
  const { workspaceId } = actor;
  const agentId = requireId(input.agent, 'agent');
  const { id, suite, checks } = input;
  const run: Run = { workspaceId, agentId, id, suite, checks, at: timeOf(input, now) };
  const scores = scoresOf(run);
  const duplicate = await withTransaction(async (sql) => {
    await requireAgent(sql, workspaceId, agentId);
    await lockTrustStates(sql, workspaceId, [agentId]);
    const known = await insertRun(sql, context, run, contentOf(input));
    if (!known) await count(sql, context, run, scores);
    return known;
  });
  const at = run.at.toISOString();
  const dimensions = scores.map(({ dimension, passed, total, score }) => ({
    dimension,
    passed,
    total,
    score,
  }));
  return { id, agent: agentId, suite, at, duplicate, dimensions };
}

function timeOf({ id, at }: EvaluationRunInput, now: Date): Date {
  const time = at === undefined ? now.getTime() : Date.parse(at);
  const why =
    time > now.getTime() + MAX_AHEAD_MS
      ? 'its time lies in the future: check the clock of the suite'
      : time < now.getTime() - MAX_AGE_MS
        ? 'it is older than 365 days'
        : undefined;
  if (why === undefined) return new Date(Math.min(time, now.getTime()));
  throw new DomainError(
    'unprocessable',
    'run_refused',
    `The run "${id}" cannot be taken: ${why}. Nothing was recorded.`,
    { errors: [{ path: 'at', message: why }] },
  );
}

/** What makes two runs the same; without a time of its own a run is the same whenever it is sent. */
const contentOf = ({ agent, suite, at, checks }: EvaluationRunInput): string =>
  sha256Hex(canonicalText({ agent, suite, at: at ?? null, checks }));

/** @returns whether the run was there before */
async function insertRun(
  sql: Sql,
  { actor, now }: ServiceContext,
  { workspaceId, agentId, id, suite, at }: Run,
  content: string,
): Promise<boolean> {
  const inserted = await sql(
    `INSERT INTO evaluation_runs (workspace_id, id, agent_id, suite, at, received_at, recorded_by, content_sha256)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
    [workspaceId, id, agentId, suite, at, now, actorRef(actor), content],
  );
  if (inserted.length > 0) return false;
  const same = await sql(
    'SELECT 1 FROM evaluation_runs WHERE workspace_id = $1 AND id = $2 AND content_sha256 = $3',
    [workspaceId, id, content],
  );
  if (same.length > 0) return true;
  throw new DomainError(
    'conflict',
    'run_differs',
    `A run "${id}" with other results was recorded before. Give every run an id of its own.`,
  );
}

async function count(
  sql: Sql,
  context: ServiceContext,
  run: Run,
  scores: readonly RunScore[],
): Promise<void> {
  const { actor, now } = context;
  const { workspaceId, agentId } = run;
  const regressions = await findRegressions(sql, run);
  await insertScores(sql, run, scores, now);
  await keepResults(sql, run);
  const applied = await applySignals(sql, {
    workspaceId,
    agentId,
    now: now.getTime(),
    actor: actorRef(actor),
    signals: signalsIn(run, scores, actorRef(actor)),
  });
  const failing = new Set(
    scores.filter(({ passed, total }) => passed < total).map(({ dimension }) => dimension),
  );
  const judged = await judge(
    sql,
    { workspaceId, agentId, now },
    ({ dimension }) => failing.has(dimension),
    { run: run.id, suite: run.suite },
  );
  const regressed = await tellRegressions(sql, run, regressions, now);
  const body = { run: run.id, suite: run.suite, at: run.at.toISOString(), dimensions: scores };
  const note = noteOf(context, 'evaluation.recorded', `agent:${agentId}`, body);
  await record(
    sql,
    context,
    [note, ...applied.notes, ...judged.notes, ...regressed.notes],
    [...applied.announcements, ...judged.announcements, ...regressed.announcements],
  );
}

function signalsIn(run: Run, scores: readonly RunScore[], by: string): NewSignal[] {
  return signalsOfRun(scores).map(({ kind, magnitude, run: { passed, total } }) => ({
    kind,
    magnitude,
    at: run.at.getTime(),
    source: `${by} ${run.suite}`,
    sourceClass: 'system',
    detail: { run: run.id, suite: run.suite, passed, total },
  }));
}

async function tellRegressions(
  sql: Sql,
  { workspaceId, agentId, id, suite }: Run,
  regressions: readonly Regression[],
  now: Date,
) {
  const checks = regressions.slice(0, NAMED_CHECKS);
  const evidence = { at: now.toISOString(), run: id, suite, checks };
  const incidents =
    regressions.length === 0 ? [] : [incidentOfRule('evaluation.check_regressed', evidence)];
  const reaction = { incidents, restrictions: [] };
  return writeConsequences(sql, workspaceId, [{ agentId, reaction }], now.getTime());
}
