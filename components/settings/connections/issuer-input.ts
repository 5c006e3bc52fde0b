/** What the form of an issuer holds, as the server takes it. Pure. */
import type { z } from 'zod';
import type {
  IdentityIssuer,
  IdentityIssuerChange,
  identityIssuerInputSchema,
  ISSUER_ALGORITHMS,
} from '@/lib/contracts';

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
  readonly code: 'no_json' | 'private' | 'none';
};

/** What the form begins with. */
export const firstDraft = (issuer: IdentityIssuer | undefined): IssuerDraft => ({
  kind: issuer?.kind ?? 'oidc',
  name: issuer?.name ?? '',
  issuer: issuer?.issuer ?? '',
  keysFrom: issuer !== undefined && issuer.jwksUrl === null ? 'pasted' : 'address',
  jwksUrl: issuer?.jwksUrl ?? '',
  jwks: issuer?.jwks ? JSON.stringify(issuer.jwks, null, 2) : '',
  algorithms: issuer?.algorithms ?? USUAL_ALGORITHMS,
});

const sameNames = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join();

/** Whether both believe the same keys. */
export const sameKeys = (before: IssuerDraft, after: IssuerDraft): boolean =>
  before.keysFrom === after.keysFrom &&
  (after.keysFrom === 'address' ? before.jwksUrl === after.jwksUrl : before.jwks === after.jwks);

export const sameAlgorithms = (before: IssuerDraft, after: IssuerDraft): boolean =>
  sameNames(before.algorithms, after.algorithms);

/** What of an issuer was changed in the form, and nothing else: somebody may have changed the rest since it was opened. */
export function issuerChange(
  before: IssuerDraft,
  after: IssuerDraft,
  { name, jwksUrl, jwks, algorithms }: Input,
): IdentityIssuerChange | undefined {
  const change = {
    ...(before.name === after.name ? {} : { name }),
    ...(sameKeys(before, after) ? {} : { jwksUrl, jwks }),
    ...(sameAlgorithms(before, after) ? {} : { algorithms }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

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
  if (hasPrivateKey(jwks)) return { field: 'jwks', code: 'private' };
  return { input: { kind, name, issuer, jwks, algorithms } };
}

/** A private half never leaves the browser. */
const hasPrivateKey = (jwks: { readonly keys?: unknown }): boolean =>
  Array.isArray(jwks.keys) &&
  jwks.keys.some((key) => typeof key === 'object' && key !== null && 'd' in key);

/** A set of keys, as far as that can be said without its schema: the server checks it. */
function jsonOf(text: string): Input['jwks'] {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Input['jwks']) : undefined;
  } catch {
    return undefined;
  }
}
