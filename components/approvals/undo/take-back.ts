/** Taking verdicts of one's own back, and finding out what became of it. */
import type { QueryClient } from '@tanstack/react-query';
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import { approvalKeys } from '@/lib/client/query-keys';
import type { Approval, BulkUndo } from '@/lib/contracts';
import { approvalActions, readAsTheyStand } from '../queries';
import type { UndoTry } from './after-undo';

/** One that cannot be taken back, as the agent has used it already, keeps no other from it. */
export async function takeBack(
  client: QueryClient,
  workspace: string,
  viewerId: string,
  ids: readonly string[],
): Promise<readonly UndoTry[]> {
  const [one] = ids;
  const tries =
    one !== undefined && ids.length === 1
      ? [await takeOneBack(client, workspace, one)]
      : await takeSeveralBack(workspace, ids);
  return withEarlier(workspace, viewerId, tries);
}

async function takeOneBack(client: QueryClient, workspace: string, id: string): Promise<UndoTry> {
  try {
    const answer = await approvalActions(workspace, id).undo();
    client.setQueryData(approvalKeys.detail(workspace, id), answer);
    return { id };
  } catch (error) {
    return { id, error };
  }
}

/** In one request: one after the other the time of the last would be over. */
async function takeSeveralBack(workspace: string, ids: readonly string[]): Promise<UndoTry[]> {
  try {
    const { results } = await apiOf(workspace).post<BulkUndo>('/api/v1/approvals/undo', { ids });
    return results.map(({ id, outcome, code = '', text = '' }) =>
      outcome === 'undone' ? { id } : { id, error: refusal(code, text) },
    );
  } catch (error) {
    return ids.map((id) => ({ id, error }));
  }
}

const refusal = (code: string, text: string): ApiError =>
  new ApiError(409, code, text, undefined, undefined, undefined);

/** There is nothing to undo where it was done before and only its answer got lost: the calls themselves say so. */
async function withEarlier(
  workspace: string,
  viewerId: string,
  tries: readonly UndoTry[],
): Promise<readonly UndoTry[]> {
  const unclear = tries.filter(({ error }) => isNothingToUndo(error)).map(({ id }) => id);
  if (unclear.length === 0) return tries;
  const current = await readAsTheyStand(workspace, unclear).catch(
    () => new Map<string, Approval>(),
  );
  return tries.map((one) => {
    const approval = isNothingToUndo(one.error) ? current.get(one.id) : undefined;
    return approval !== undefined && wasTakenBack(approval, viewerId) ? { id: one.id } : one;
  });
}

const isNothingToUndo = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'nothing_to_undo';

/** The viewer had given a verdict on it, and it carries none of theirs any more. */
export const wasTakenBack = (
  { state, verdict, verdicts }: Pick<Approval, 'state' | 'verdict' | 'verdicts'>,
  viewerId: string,
): boolean =>
  (state === 'pending' || state === 'cancelled') &&
  verdict === null &&
  !verdicts.some(({ by }) => by === `person:${viewerId}`);
