/** Asking the browser for a passkey. Comes late: few verdicts need it. */
import { startAuthentication } from '@simplewebauthn/browser';
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import type { ApproveRequest, Assertion, CredentialOptions } from '@/lib/contracts';

/** The device's answer for exactly this approval. @throws ApiError, also when nobody touched the device */
export async function proveWithPasskey(
  workspace: string,
  id: string,
  { digest, edits }: Pick<ApproveRequest, 'digest' | 'edits'>,
): Promise<Assertion> {
  const path = `/api/v1/approvals/${encodeURIComponent(id)}/step-up`;
  const options = await apiOf(workspace).post<CredentialOptions>(path, { digest, edits });
  try {
    // The server made them for the browser; nothing of ours looks inside.
    const answer = await startAuthentication({ optionsJSON: options });
    return { ...answer, clientExtensionResults: { ...answer.clientExtensionResults } };
  } catch {
    throw notUsed();
  }
}

const notUsed = () =>
  new ApiError(
    0,
    'passkey_not_used',
    t('No passkey was used, so nothing was approved.'),
    undefined,
    undefined,
    undefined,
  );
