/** Asking the browser to make a passkey. */
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import type { CredentialOptions, Passkey } from '@/lib/contracts';

/** @throws ApiError, also when the browser made none */
export async function makePasskey(workspace: string, name: string): Promise<Passkey> {
  const api = apiOf(workspace);
  const options = await api.post<CredentialOptions>('/api/v1/me/passkeys/options');
  const { startRegistration } = await import('@simplewebauthn/browser');
  type OptionsJSON = Parameters<typeof startRegistration>[0]['optionsJSON'];
  const registration = await startRegistration({
    optionsJSON: options as unknown as OptionsJSON,
  }).catch((error: unknown) => {
    throw notMade(error instanceof Error && error.name === 'InvalidStateError');
  });
  return api.post<Passkey>('/api/v1/me/passkeys', { name, registration });
}

const notMade = (isKnown: boolean) =>
  new ApiError(
    0,
    'passkey_not_made',
    isKnown
      ? 'This device has a passkey of yours already.'
      : 'The browser made no passkey. Nothing has changed.',
    undefined,
    undefined,
    undefined,
  );
