/** Headers that would let a token say itself which key it is to be checked with. */
import { DomainError } from '@/lib/contracts';

const SAYS_ITS_KEY = ['jku', 'jwk', 'x5u', 'x5c'] as const;

/** The header that names or carries a key; nothing when there is none. Keys come from what was registered, never from a token. */
export const keyNamedBy = (header: object): string | undefined =>
  SAYS_ITS_KEY.find((name) => Object.hasOwn(header, name));

export const keyInToken = (name: string): readonly [code: string, message: string] => [
  'key_in_token',
  `The header "${name}" brings a key along. Keys count only as they were registered.`,
];

/** @throws DomainError 401 `key_in_token` */
export function refuseKeyInToken(header: object): void {
  const name = keyNamedBy(header);
  if (name !== undefined) throw new DomainError('unauthenticated', ...keyInToken(name));
}
