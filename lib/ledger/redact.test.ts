import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, redact, sha256Hex } from './index';

const KEY = 'sk_live_9aF3kQ7xW2mZ8pR4tY6u';
const CARD = '4111 1111 1111 1111';

describe('redaction', () => {
  it.each([
    ['password', 'password'],
    ['newPassword', 'password'],
    ['DB_PASSWORD', 'password'],
    ['api-key', 'api_key'],
    ['x-api-key', 'api_key'],
    ['client_secret', 'secret'],
    ['Authorization', 'authorization'],
    ['accessToken', 'token'],
    ['Set-Cookie', 'cookie'],
    ['cvv', 'card_code'],
  ])('takes out a member called %s', (name, kind) => {
    expect(redact({ [name]: 'hunter2', to: 'a' })).toEqual({ [name]: { redacted: kind }, to: 'a' });
  });

  it.each(['maxTokens', 'tokenCount', 'author', 'passenger', 'secretary', 'keyboard'])(
    'leaves a member called %s alone',
    (name) => {
      expect(redact({ [name]: 'value' })).toEqual({ [name]: 'value' });
    },
  );

  it.each([
    ['a bearer token', 'Bearer 9aF3kQ7xW2mZ8pR4tY6u', 'authorization'],
    ['a signed token', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'token'],
    [
      'a private key',
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----',
      'private_key',
    ],
    ['a key with a known prefix', KEY, 'api_key'],
  ])('takes out %s and keeps its digest', (_name, secret, kind) => {
    expect(redact([secret])).toEqual([{ redacted: kind, sha256: sha256Hex(secret) }]);
  });

  it('takes out a card number and keeps no digest, because it could be found by trying', () => {
    expect(redact({ note: CARD })).toEqual({ note: { redacted: 'card_number' } });
    expect(redact(4111111111111111)).toEqual({ redacted: 'card_number' });
  });

  it('keeps no digest of anything short', () => {
    expect(redact({ token: '123456' })).toEqual({ token: { redacted: 'token' } });
  });

  it('leaves long numbers alone that are no card numbers', () => {
    const value = { iban: 'DE89370400440532013000', order: '4111111111111112', at: 1790000000000 };
    expect(redact(value)).toEqual(value);
  });

  it('keeps the text around a secret', () => {
    expect(redact(`Pay with ${CARD}, please; key ${KEY}`)).toEqual({
      redacted: 'api_key',
      text: 'Pay with [card_number], please; key [api_key]',
    });
  });

  it('takes out a whole object under a secret name and leaves empty values', () => {
    expect(redact({ credentials: { user: 'a', word: 'b' }, token: null, secret: '' })).toEqual({
      credentials: { redacted: 'secret' },
      token: null,
      secret: '',
    });
  });

  it('is not talked out of it by a value that claims to be redacted already', () => {
    const value = { password: { redacted: 'password', text: 'hunter2' } };
    expect(redact(value)).toEqual({ password: { redacted: 'password' } });
  });

  it('leaves no trace of a secret anywhere, and does nothing the second time', () => {
    const secret = fc.constantFrom(KEY, CARD, 'Bearer 9aF3kQ7xW2mZ8pR4tY6u');
    const place = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        secret,
        fc.jsonValue(),
        fc.dictionary(fc.string(), tie('node')),
        fc.array(tie('node')),
      ),
    })).node;
    fc.assert(
      fc.property(place, (value) => {
        const once = redact(value);
        const text = canonicalText(once);
        for (const word of [KEY, CARD, '9aF3kQ7xW2mZ8pR4tY6u']) expect(text).not.toContain(word);
        expect(redact(once)).toEqual(once);
      }),
      { seed: 2026 },
    );
  });

  it('stays quick on long hostile text', () => {
    const hostile = [
      '1 '.repeat(300_000),
      'eyJ'.repeat(200_000),
      '-----BEGIN PRIVATE KEY-----'.repeat(20_000),
    ];
    for (const text of hostile) expect(redact(text)).toBeDefined();
  });
});
