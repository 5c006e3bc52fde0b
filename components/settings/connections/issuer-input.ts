/** What the form of an issuer holds, as the server takes it. Pure. */
import type { z } from 'zod';
import type { IdentityIssuer, identityIssuerInputSchema, ISSUER_ALGORITHMS } from '@/lib/contracts';

export type KeysFrom = 'address' | 'pasted';
type Input = z.input<typeof identityIssuerInputSchema>;

/** The names of `ISSUER_ALGORITHMS`; their schema stays on the server. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const satisfies typeof ISSUER_ALGORITHMS;
type Algorithm = (typeof ALGORITHMS)[number];
export const USUAL_ALGORITHMS: readonly string[] = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

export interface IssuerDraft {
  readonly kind: IdentityIssuer['kind'];
  readonly name: string;
  readonly issuer: string;
  readonly keysFrom: KeysFrom;
  readonly jwksUrl: string;
  readonly jwks: string;
  readonly algorithms: readonly string[];
}

export type DraftProblem = {
  readonly field: 'jwks' | 'algorithms';
  readonly code: 'no_json' | 'none';
};

/** What is sent, or what is wrong with it before anybody is asked. */
export function issuerInput(draft: IssuerDraft): { readonly input: Input } | DraftProblem {
  const algorithms = ALGORITHMS.filter((name): name is Algorithm =>
    draft.algorithms.includes(name),
  );
  if (algorithms.length === 0) return { field: 'algorithms', code: 'none' };
  const { kind, name, issuer } = draft;
  if (draft.keysFrom === 'address')
    return { input: { kind, name, issuer, jwksUrl: draft.jwksUrl, algorithms } };
  const jwks = jsonOf(draft.jwks);
  if (jwks === undefined) return { field: 'jwks', code: 'no_json' };
  return { input: { kind, name, issuer, jwks, algorithms } };
}

/** A set of keys, as far as that can be said without its schema: the server checks it. */
function jsonOf(text: string): Input['jwks'] {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Input['jwks']) : undefined;
  } catch {
    return undefined;
  }
}
