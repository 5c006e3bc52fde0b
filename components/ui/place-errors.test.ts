import { describe, expect, it } from 'vitest';
import { ApiError } from '@/lib/client/api-error';
import { placeErrors } from './place-errors';

const refused = (code: string, errors?: { path: string; message: string }[]) =>
  new ApiError(400, code, 'The whole of it.', 'r-1', errors, undefined);

describe('what a server refuses', () => {
  it('stands at the field that its code is about', () => {
    expect(placeErrors(refused('issuer_exists'), ['issuer'], { issuer_exists: 'issuer' })).toEqual({
      at: { issuer: 'The whole of it.' },
      rest: null,
    });
  });

  it('stands at each field that it names, the first word about each, as a sentence', () => {
    const error = refused('malformed_body', [
      { path: 'jwks.keys.0', message: 'carries a private key' },
      { path: 'jwks.keys.1', message: 'is something else' },
      { path: 'issuer', message: 'Must be a web address.' },
    ]);
    expect(placeErrors(error, ['jwks', 'issuer'])).toEqual({
      at: { jwks: 'Carries a private key.', issuer: 'Must be a web address.' },
      rest: null,
    });
  });

  it('stands below the form where it is about no field of it, and is never lost', () => {
    const elsewhere = refused('malformed_body', [{ path: 'secret', message: 'is too short' }]);
    expect(placeErrors(elsewhere, ['name'])).toEqual({ at: {}, rest: elsewhere });
    const another = new Error('no network');
    expect(placeErrors(another, ['name'])).toEqual({ at: {}, rest: another });
    expect(placeErrors(refused('toString'), ['name']).at).toEqual({});
    expect(placeErrors(null, ['name'])).toEqual({ at: {}, rest: null });
  });
});
