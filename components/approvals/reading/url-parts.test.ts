import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlParts, urlWarnings } from './url-parts';

const hostOf = (url: string) => urlParts(url).find(({ part }) => part === 'host')?.text;

describe('the parts of an address', () => {
  it.each([
    ['https://api.example/v1?x=1#y', 'api.example'],
    ['https://bank.example@evil.example/', 'evil.example'],
    ['https://a@b@evil.example:8443', 'evil.example'],
    ['https://evil.example?bank.example/', 'evil.example'],
    ['https://[::1]:80/x', '[::1]'],
  ])('the host of %s is %s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  it('are the address to the last character', () => {
    const piece = fc.constantFrom(
      'https://',
      '@',
      ':',
      '/',
      '?',
      '#',
      'a.example',
      '[',
      '\\',
      '\n',
      'é',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const url = pieces.join('');
        expect(
          urlParts(url)
            .map(({ text }) => text)
            .join(''),
        ).toBe(url);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('warnings about an address', () => {
  it.each([
    ['https://bank.example@evil.example/', /before the @/],
    ['https://evil.example\\@bank.example/', /backslash/],
    ['https://xn--bnk-5qa.example/', /look like others/],
    ['https://b\u0430nk.example/', /look like others/],
    ['https://169.254.169.254/latest', /private network/],
    ['https://172.20.0.1/', /private network/],
    ['https://2130706433/', /a number/],
    ['http://api.example/', /not encrypted/],
    ['/v1/users', /No host/],
  ])('%s: %s', (url, warning) => {
    expect(urlWarnings(url).join(' ')).toMatch(warning);
  });

  it('nothing to say about an ordinary one', () => {
    expect(urlWarnings('https://api.example:8443/v1/users?page=2#top')).toEqual([]);
  });
});
