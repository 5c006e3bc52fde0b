import type { IdentityIssuer, IssuerKeys } from '@/lib/contracts';
import { t } from '@/lib/client/language';

type Kind = IdentityIssuer['kind'];

export interface KindWords {
  readonly name: string;
  /** What the field is called that says who issues. */
  readonly issuer: string;
  readonly issuerHelp: string;
  readonly example: string;
  readonly subjectHelp: string;
  readonly subjectExample: string;
}

export const KIND_WORDS: Readonly<Record<Kind, KindWords>> = {
  oidc: {
    get name() {
      return t('OpenID issuer');
    },
    get issuer() {
      return t('Issuer');
    },
    get issuerHelp() {
      return t('The claim "iss" of its tokens, to the letter.');
    },
    example: 'https://idp.example',
    get subjectHelp() {
      return t('The claim "sub" of its tokens, to the letter.');
    },
    subjectExample: 'crm-worker',
  },
  spiffe: {
    get name() {
      return t('SPIFFE trust domain');
    },
    get issuer() {
      return t('Trust domain');
    },
    get issuerHelp() {
      return t('Its name as a SPIFFE ID without a path.');
    },
    example: 'spiffe://fleet.example',
    get subjectHelp() {
      return t('The whole SPIFFE ID of the workload.');
    },
    subjectExample: 'spiffe://fleet.example/crm-worker',
  },
};
export const KINDS: readonly Kind[] = ['oidc', 'spiffe'];

type Failure = NonNullable<IssuerKeys['failure']>;

const FAILURES: Readonly<Record<Failure['code'], (failure: Failure) => string>> = {
  no_answer: () => t('The address of its keys did not answer within 5 seconds.'),
  status: ({ status }) =>
    t('The address of its keys answered with status {status}.', { status: String(status) }),
  no_keys: () => t('What stands at the address of its keys is no set of public keys (JWKS).'),
  address_refused: () =>
    t('The address of its keys lies inside the network of the server, which is not allowed.'),
};

/** Why the keys could not be read, as a sentence. */
export const failureText = (failure: Failure): string => FAILURES[failure.code](failure);
