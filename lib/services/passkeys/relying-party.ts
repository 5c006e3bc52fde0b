import { env } from '@/lib/env';

/** Whom a passkey is for: the public address of this installation, as people's browsers see it. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

/** From the one public address, as signing in with an identity provider has it. Passkeys of another address do not open this one. */
export function relyingParty(): RelyingParty {
  const { hostname, origin } = new URL(env().url);
  return { id: hostname, name: 'Belay', origin };
}
