import { parseDictionary, type InnerList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { signatureHolds, type SignatureAlgorithm } from './algorithms';
import type { SignedMessage } from './message';
import { signatureBase } from './signature-base';
import { EXAMPLES, KEYS, message } from './testing/rfc9421-examples';

const coveredBy = (input: string, label: string) => parseDictionary(input).get(label) as InnerList;
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

function holds(
  of: SignedMessage,
  input: string,
  [algorithm, signature]: readonly [SignatureAlgorithm, string],
): boolean {
  const [label = ''] = parseDictionary(input).keys();
  const covered = coveredBy(input, label);
  const key = KEYS[covered[1].get('keyid') as keyof typeof KEYS];
  return signatureHolds(algorithm, key, signatureBase(of, covered), bytesOf(signature));
}

describe.each(EXAMPLES)('RFC 9421 $name', ({ of, input, algorithm, signature, lines }) => {
  it('has the published signature base', () => {
    const at = input.indexOf('=');
    const last = `"@signature-params": ${input.slice(at + 1)}`;
    expect(signatureBase(of, coveredBy(input, input.slice(0, at)))).toBe(
      [...lines, last].join('\n'),
    );
  });

  it('has the published signature, and no other', () => {
    expect(holds(of, input, [algorithm, signature])).toBe(true);
    const other = input.replace(/created=\d+/, 'created=1618884474');
    expect(holds(of, other, [algorithm, signature])).toBe(false);
  });

  it('is of no other algorithm', () => {
    const names: SignatureAlgorithm[] = [
      'ed25519',
      'rsa-pss-sha512',
      'rsa-v1_5-sha256',
      'ecdsa-p256-sha256',
      'hmac-sha256',
    ];
    for (const name of names.filter((candidate) => candidate !== algorithm))
      expect(holds(of, input, [name, signature])).toBe(false);
  });
});

describe('RFC 9421 B.4, what becomes of a message on its way', () => {
  const input =
    'transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"';
  const signature =
    'ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==';
  const passes = (of: SignedMessage) => holds(of, input, ['ed25519', signature]);
  const accept = 'application/json, */*';
  const url = 'https://example.org/demo?name1=Value1&Name2=value2';

  it('leaves a signature whole where it changes what is not covered', () => {
    expect(passes(message('GET', url, { accept, date: 'Fri, 15 Jul 2022 14:24:55 GMT' }))).toBe(
      true,
    );
    expect(passes(message('GET', `${url}&param=added`, { accept, 'accept-language': 'en' }))).toBe(
      true,
    );
    expect(passes(message('GET', url, { accept, referer: 'https://developer.example.org' }))).toBe(
      true,
    );
    const twoLines = { ...message('GET', url, {}), field: () => ['application/json', '*/*'] };
    expect(passes(twoLines)).toBe(true);
  });

  it('breaks it where it changes what is covered', () => {
    expect(passes(message('POST', url, { accept }))).toBe(false);
    expect(passes(message('GET', 'https://example.com/demo', { accept }))).toBe(false);
    expect(passes(message('GET', url, { accept: '*/*, application/json' }))).toBe(false);
    const swapped = { ...message('GET', url, {}), field: () => ['*/*', 'application/json'] };
    expect(passes(swapped)).toBe(false);
  });
});
