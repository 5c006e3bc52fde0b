/** What became of several verdicts of which the answer was lost on the way: read from the approvals themselves. */
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import type { Approval, BulkVerdict, BulkVerdictRequest, QueueChanges } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { lostRaceText, notRecordedText } from '../approval-state';
import { gaveVerdict } from '../deed-state';

type Result = BulkVerdict['results'][number];
type Current = Pick<Approval, 'id' | 'state' | 'verdict' | 'verdicts' | 'cancelReason'>;

/** Approvals asked about at once; the server takes no more. */
const CHUNK = 100;

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
  const current = new Map<string, Current>();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const query = { tab: 'team', ids: ids.slice(from, from + CHUNK).join(',') };
    const { changed } = await apiOf(workspace).get<QueueChanges>('/api/v1/approvals/changes', {
      query,
    });
    for (const approval of changed) current.set(approval.id, approval);
  }
  return resultsOf(ids, verdict, viewerId, current, elapsed());
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
