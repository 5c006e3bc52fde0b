import { actorRef, requirePermission } from '@/lib/auth';
import type { PolicyChange, PolicyTest, PolicyVersion, PolicyWidening } from '@/lib/contracts';
import { sql, withTransaction, type Sql } from '@/lib/db';
import { readTools, seizeEpochs } from '@/lib/decide';
import { compilePolicies, type CompiledPolicies } from '@/lib/policy';
import { sha256Hex } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { compareRecorded, judgeWidening } from './compare';
import { compileOrRefuse, requireTestsPass } from './compile';
import {
  readVersion,
  serializePolicy,
  stalePolicy,
  testsOf,
  versionInForce,
  type PolicyRow,
} from './policy-rows';
import { readRecordedCalls } from './recorded-calls';

/** What a new version is compared with, besides made-up calls. */
const RECORDED_DAYS = 7;
const RECORDED_CALLS = 500;
const DAY_MS = 86_400_000;

interface Draft {
  readonly text: string;
  readonly reason: string;
  readonly basedOn: number;
  readonly tests: readonly PolicyTest[];
  readonly widening: PolicyWidening;
}

/**
 * A new version of the trust policy. In force at once when it lets nothing more through; proposed for a second person
 * otherwise. Compiled, tested and compared before anything is locked.
 *
 * @throws DomainError `forbidden`, `invalid_policy` with every problem and its line, `policy_test_failed`, `stale_version`
 */
export async function createPolicy(
  context: ServiceContext,
  input: PolicyChange,
): Promise<PolicyVersion> {
  const { actor } = context;
  requirePermission(actor, 'policies.edit');
  const compiled = compileOrRefuse(input.text);
  const before = await requireInForce(actor.workspaceId, input.basedOn);
  const tests = input.tests ?? testsOf(before);
  requireTestsPass(compiled, tests);
  const widening = await compareWith(context, compilePolicies(before.text), compiled);
  const { text, reason, basedOn } = input;
  return withTransaction((run) =>
    insertVersion(run, context, { text, reason, basedOn, tests, widening }),
  );
}

async function requireInForce(workspaceId: string, basedOn: number): Promise<PolicyRow> {
  const current = await versionInForce(sql, workspaceId);
  const row = await readVersion(sql, workspaceId, current);
  if (row === undefined || current !== basedOn) throw stalePolicy(basedOn, current);
  return row;
}

async function compareWith(
  { actor, now }: ServiceContext,
  before: CompiledPolicies,
  after: CompiledPolicies,
): Promise<PolicyWidening> {
  const since = new Date(now.getTime() - RECORDED_DAYS * DAY_MS);
  const [{ calls }, tools] = await Promise.all([
    readRecordedCalls(sql, actor.workspaceId, { since, limit: RECORDED_CALLS }),
    readTools(sql, actor.workspaceId),
  ]);
  const pair = { before, after };
  return judgeWidening(pair, await compareRecorded(pair, calls), tools.values());
}

async function insertVersion(
  run: Sql,
  context: ServiceContext,
  draft: Draft,
): Promise<PolicyVersion> {
  const { actor } = context;
  const proposed = draft.widening.verdict !== 'narrower';
  const version = await nextNumber(run, actor.workspaceId, draft.basedOn);
  await insertRow(run, context, { ...draft, version, proposed });
  if (!proposed) await putInForce(run, actor.workspaceId, version);
  const row = await readVersion(run, actor.workspaceId, version);
  if (row === undefined) throw new Error(`policy ${version} was not stored`);
  const { text, reason, basedOn, tests, widening } = draft;
  const verdict = widening.verdict;
  const body = { version, basedOn, text, textSha256: sha256Hex(text), tests, verdict, reason };
  const kind = proposed ? 'policy.proposed' : 'policy.changed';
  await record(
    run,
    context,
    [noteOf(context, kind, `policy:${version}`, body)],
    [{ type: 'policy.changed', subjectId: String(version) }],
  );
  return serializePolicy(row, proposed ? basedOn : version, actor);
}

/** Versions are numbered as they are written, proposals too. Excludes decisions and other editors until the transaction ends. */
async function nextNumber(run: Sql, workspaceId: string, basedOn: number): Promise<number> {
  await seizeEpochs(run, workspaceId);
  const [row] = await run<{ current: number; last: number }>(
    `SELECT e.policy_version AS current, (SELECT max(version) FROM policies WHERE workspace_id = $1) AS last
     FROM workspace_epochs e WHERE e.workspace_id = $1 FOR UPDATE`,
    [workspaceId],
  );
  if (row === undefined || row.current !== basedOn) throw stalePolicy(basedOn, row?.current ?? 0);
  return row.last + 1;
}

/** Call under the epochs' lock. Decisions are made under this version from the end of the transaction on. */
export async function putInForce(run: Sql, workspaceId: string, version: number): Promise<void> {
  await run('UPDATE workspace_epochs SET policy_version = $2 WHERE workspace_id = $1', [
    workspaceId,
    version,
  ]);
}

async function insertRow(
  run: Sql,
  { actor, now }: ServiceContext,
  row: Draft & { version: number; proposed: boolean },
): Promise<void> {
  const { version, basedOn, text, tests, reason, proposed, widening } = row;
  await run(
    `INSERT INTO policies (workspace_id, version, based_on, text, tests, reason, proposed, widening, created_by, created_by_name,
       created_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::jsonb, $9, $10, $11)`,
    [
      actor.workspaceId,
      version,
      basedOn,
      text,
      JSON.stringify(tests),
      reason,
      proposed,
      JSON.stringify(widening),
      actorRef(actor),
      actor.name,
      now,
    ],
  );
}
