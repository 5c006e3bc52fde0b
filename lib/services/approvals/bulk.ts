/** One verdict on several calls that are like each other. */
import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type BulkVerdict, type BulkVerdictRequest } from '@/lib/contracts';
import { isUuid, sql, withTransaction } from '@/lib/db';
import { currentGroupKey, knownPeople, passingFrom, type KnownPerson } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { APPROVAL_COLUMNS, APPROVAL_TABLES, type ApprovalRow } from './approval-rows';
import { readByItself } from './by-itself';
import { giveVerdict, requireDigest, type Verdict } from './decide';
import { readVerdictState, recordedAs, type VerdictState } from './verdict-state';

type Item = BulkVerdictRequest['items'][number];
type Result = BulkVerdict['results'][number];
type Report = (approvalId: string, error: unknown) => void;

/** What a verdict takes at most, as a rule: the first of many can be taken back for as much longer as those behind it take. */
const MS_A_VERDICT = 100;

/**
 * Decides each call by itself, one after the other, so that one that cannot be decided takes no other with it. What has to be read
 * by itself is never among them: then nothing is decided at all.
 *
 * @param report hears of what failed for another reason than a refusal
 * @throws DomainError `forbidden`; 422 `not_one_group`, `not_together`
 */
export async function decideTogether(
  context: ServiceContext,
  { items, ...request }: BulkVerdictRequest,
  report: Report,
): Promise<BulkVerdict> {
  const { actor } = context;
  requirePermission(actor, 'approvals.decide');
  const rows = await selectRows(actor.workspaceId, items);
  requireGroup([...rows.values()]);
  const clock = passingFrom(context.now.getTime());
  // Who is whom is asked once, and before any call is locked.
  const people = await knownPeople(sql, actor.workspaceId);
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    const undoLaterMs = (items.length - 1 - index) * MS_A_VERDICT;
    results.push(
      await resultEven(context, item.id, request, report, () =>
        decideOne(context, rows.get(item.id), item, { ...request, undoLaterMs }, { clock, people }),
      ),
    );
  }
  return { at: iso(new Date(clock())), results };
}

async function selectRows(
  workspaceId: string,
  items: readonly Item[],
): Promise<ReadonlyMap<string, ApprovalRow>> {
  const rows = await sql<ApprovalRow>(
    `SELECT ${APPROVAL_COLUMNS} FROM ${APPROVAL_TABLES} WHERE ap.workspace_id = $1 AND ap.id = ANY($2::uuid[])`,
    [workspaceId, items.map(({ id }) => id).filter(isUuid)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws DomainError 422 `not_one_group`, `not_together` */
function requireGroup(rows: readonly ApprovalRow[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const alone = rows.flatMap((row) => {
    const why = readByItself(row);
    return why === undefined ? [] : [{ path: row.id, message: why }];
  });
  if (alone.length > 0)
    throw new DomainError(
      'unprocessable',
      'not_together',
      `${alone[0]?.message ?? ''} Nothing was decided: leave it out, and decide the others again.`,
      { errors: alone },
    );
  const key = currentGroupKey(first.groupKey);
  if (rows.length === 1 || (key !== null && rows.every(({ groupKey }) => groupKey === key))) return;
  throw new DomainError(
    'unprocessable',
    'not_one_group',
    'These calls are not of one kind, so they are not decided together. Nothing was decided.',
  );
}

async function decideOne(
  context: ServiceContext,
  row: ApprovalRow | undefined,
  { id, digest }: Item,
  request: Omit<BulkVerdictRequest, 'items'> & { readonly undoLaterMs: number },
  circumstances: { readonly clock: () => number; readonly people: readonly KnownPerson[] },
): Promise<Result> {
  if (row === undefined) throw notFound('approval');
  requireDigest(row, digest);
  const { verdict, reason = 'other', ...more } = request;
  const given: Verdict =
    verdict === 'approve'
      ? { outcome: 'approved', digest, ...more }
      : { outcome: 'rejected', reason, ...more };
  const state = await withTransaction(async (run) => {
    await giveVerdict(run, context, id, given, circumstances);
    return readVerdictState(run, context.actor.workspaceId, id);
  });
  return resultOf(id, given.outcome, state);
}

/** An approval that was cancelled by a verdict was a canary. */
const ENDED: Readonly<Partial<Record<VerdictState['state'], Result['outcome']>>> = {
  pending: 'waiting',
  cancelled: 'canary',
};

const resultOf = (
  id: string,
  given: Verdict['outcome'],
  { state, undoUntil }: VerdictState,
): Result => ({
  id,
  outcome: ENDED[state] ?? given,
  ...(undoUntil === null ? {} : { undoUntil: iso(undoUntil) }),
});

/** A refusal is the result of its call; so is a failure: what was decided before it stays, and the caller has to know of it. */
async function resultEven(
  { actor }: ServiceContext,
  id: string,
  { verdict }: Pick<BulkVerdictRequest, 'verdict'>,
  report: Report,
  decide: () => Promise<Result>,
): Promise<Result> {
  try {
    return await decide();
  } catch (error) {
    if (error instanceof DomainError)
      return { id, outcome: 'refused', code: error.code, text: error.message };
    report(id, error);
    const wanted = verdict === 'approve' ? 'approved' : 'rejected';
    // The answer to the commit may be what got lost, so that only the row says what happened.
    const now = await readVerdictState(sql, actor.workspaceId, id).catch(() => undefined);
    if (now !== undefined && recordedAs(now, wanted, actorRef(actor)) !== undefined)
      return resultOf(id, wanted, now);
    return { id, outcome: 'refused', code: 'failed', text: now === undefined ? UNKNOWN : NOTHING };
  }
}

const NOTHING = 'This failed, and nothing was recorded for this call. Try it again.';
const UNKNOWN =
  'This failed, and nobody can say now whether it was recorded. Look at the call before you try again.';
