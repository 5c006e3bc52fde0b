/** What became of several verdicts of which the answer was lost on the way: read from the approvals themselves. */
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import type { Approval, ApprovalDetail, BulkVerdict, BulkVerdictRequest } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { lostRaceText, notRecordedText } from '../approval-state';
import { gaveVerdict } from '../deed-state';
import { readAsTheyStand } from '../queries';

type Result = BulkVerdict['results'][number];
type Current = Pick<Approval, 'id' | 'state' | 'verdict' | 'verdicts' | 'cancelReason'> & {
  /** It was a canary, and a verdict was given on it. */
  readonly isCanary?: boolean;
};

/** Whether nobody can say from the answer what was done. */
export const isLost = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** @param elapsed milliseconds since the verdicts were sent */
export async function readResults(
  workspace: string,
  { items, verdict }: BulkVerdictRequest,
  viewerId: string,
  elapsed: () => number,
): Promise<BulkVerdict> {
  const ids = items.map(({ id }) => id);
  const current = await withCanaries(workspace, await readAsTheyStand(workspace, ids));
  return resultsOf(ids, verdict, viewerId, current, elapsed());
}

/** A call that was cancelled may be a canary that was judged; the page of one says so for all that were cancelled for the same reason. */
async function withCanaries(
  workspace: string,
  current: ReadonlyMap<string, Approval>,
): Promise<ReadonlyMap<string, Current>> {
  const cancelled = [...current.values()].filter(({ state }) => state === 'cancelled');
  const examples = new Map(cancelled.map((approval) => [approval.cancelReason, approval.id]));
  const canaries = new Set<string | null>();
  for (const [reason, id] of examples) {
    const detail = await apiOf(workspace).get<ApprovalDetail>(`/api/v1/approvals/${id}`);
    if (detail.canary !== undefined) canaries.add(reason);
  }
  return new Map(
    [...current].map(([id, approval]) => [
      id,
      {
        ...approval,
        isCanary: approval.state === 'cancelled' && canaries.has(approval.cancelReason),
      },
    ]),
  );
}

/**
 * The answer as it would have come. Its time is that of the first verdict and what has passed here since: rather too late, so that no
 * offer to undo lasts longer than the server's.
 */
export function resultsOf(
  ids: readonly string[],
  attempted: BulkVerdictRequest['verdict'],
  viewerId: string,
  current: ReadonlyMap<string, Current>,
  elapsed: number,
): BulkVerdict {
  const results = ids.map((id) => resultOf(id, attempted, viewerId, current.get(id)));
  const given = results.flatMap(({ id, outcome }) => {
    const at = outcome === 'refused' ? undefined : current.get(id)?.verdict?.at;
    return at === undefined ? [] : [Date.parse(at)];
  });
  const at = given.length === 0 ? 0 : Math.min(...given) + elapsed;
  return { at: new Date(at).toISOString(), results };
}

function resultOf(
  id: string,
  attempted: BulkVerdictRequest['verdict'],
  viewerId: string,
  approval: Current | undefined,
): Result {
  const refused = (text: string): Result => ({ id, outcome: 'refused', code: 'no_answer', text });
  if (approval === undefined) return refused(t('It could not be found again.'));
  if (approval.isCanary === true) return { id, outcome: 'canary' };
  if (!gaveVerdict(approval, attempted, viewerId))
    return refused(
      approval.state === 'pending' ? notRecordedText(attempted) : lostRaceText(approval, attempted),
    );
  if (approval.state === 'pending') return { id, outcome: 'waiting' };
  const undoUntil = approval.verdict?.undoUntil;
  return {
    id,
    outcome: attempted === 'approve' ? 'approved' : 'rejected',
    ...(undoUntil === undefined ? {} : { undoUntil }),
  };
}
