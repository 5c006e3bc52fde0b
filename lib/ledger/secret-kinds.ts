export const SECRET_KINDS = [
  'password',
  'secret',
  'token',
  'authorization',
  'api_key',
  'cookie',
  'private_key',
  'card_number',
  'card_code',
] as const;

export type SecretKind = (typeof SECRET_KINDS)[number];

/** Member names that announce a secret, compared without case and punctuation: the whole name, or its end. */
const NAMES: readonly (readonly [SecretKind, RegExp])[] = [
  ['password', /(?:password|passwd|passphrase|passcode|pwd)\d?$|^(?:pass|pin|otp)$/],
  ['api_key', /(?:apikey|accesskey|secretkey|signingkey|encryptionkey)$/],
  ['private_key', /privatekey$/],
  ['secret', /(?:secret|secrets|credential|credentials)$/],
  ['token', /(?:token|jwt)$/],
  ['authorization', /authori[sz]ation$/],
  ['cookie', /cookies?$/],
  ['card_code', /^(?:cvv|cvc|cvv2|cardsecuritycode)$/],
];

export function secretByName(name: string): SecretKind | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return NAMES.find(([, pattern]) => pattern.test(plain))?.[0];
}

interface SecretPattern {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
  readonly accept?: (match: string) => boolean;
}

/** The shortest text that one of the patterns below can be found in: a card number without blanks. */
export const SHORTEST_SECRET = 13;

/** Values that look like a secret wherever they stand. All patterns run in time linear in the text. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    kind: 'private_key',
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  },
  { kind: 'authorization', pattern: /\b(?:Bearer|Basic)\s+[A-Za-z0-9\-._~+/]{8,}={0,2}/gi },
  { kind: 'token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g },
  {
    kind: 'api_key',
    pattern: /\b(?:(?:sk|pk|rk|bk|gh[pousr]|glpat|xox[abprs]|npm)[-_]|AKIA|AIza)[\w-]{16,}/g,
  },
  {
    kind: 'card_number',
    pattern: /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w])/g,
    accept: (match) => passesLuhn(match.replace(/\D/g, '')),
  },
];

/** The check digit of ISO/IEC 7812-1; tells a card number from most other long numbers. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum > 0 && sum % 10 === 0;
}
