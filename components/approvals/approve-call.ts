import { ApiError, noAnswer } from '@/lib/client/api-error';
import type { ApprovalDetail, ApproveRequest } from '@/lib/contracts';
import { approvalActions } from './queries';

/**
 * Approves a call; when the server wants to know that it is really this person, the browser is asked for their passkey and the
 * approval sent once more with its answer.
 *
 * @param onPasskey is told before the browser asks
 * @throws ApiError
 */
export async function approveCall(
  workspace: string,
  id: string,
  body: ApproveRequest,
  onPasskey: () => void,
): Promise<ApprovalDetail> {
  const { approve } = approvalActions(workspace, id);
  try {
    return await approve(body);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'step_up_needed') throw error;
  }
  onPasskey();
  const { proveWithPasskey } = await import('./verdict/passkey-proof').catch(() => {
    throw noAnswer();
  });
  return approve({ ...body, assertion: await proveWithPasskey(workspace, id, body) });
}
