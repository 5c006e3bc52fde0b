/** Asking the browser to make a passkey. */
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import type { CredentialOptions, Passkey } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';

/** @throws ApiError, also when the browser made none */
export async function makePasskey(workspace: string, name: string): Promise<Passkey> {
  const api = apiOf(workspace);
  const options = await api.post<CredentialOptions>('/api/v1/me/passkeys/options');
  const { startRegistration } = await import('@simplewebauthn/browser');
  type OptionsJSON = Parameters<typeof startRegistration>[0]['optionsJSON'];
  const registration = await startRegistration({
    optionsJSON: options as unknown as OptionsJSON,
  }).catch((error: unknown) => {
    throw notMade(error instanceof Error ? error.name : '');
  });
  return api.post<Passkey>('/api/v1/me/passkeys', { name, registration });
}

/** What a browser's refusal means, by the name of its error. */
const WHY: Readonly<Record<string, string>> = texts({
  InvalidStateError: 'This device has a passkey of yours already.',
  SecurityError:
    'Passkeys work at the address this installation was set up with (BELAY_URL), over https or on localhost. This page is at another.',
});

const notMade = (name: string) =>
  new ApiError(
    0,
    'passkey_not_made',
    WHY[name] ?? t('The browser made no passkey. Nothing has changed.'),
    undefined,
    undefined,
    undefined,
  );
