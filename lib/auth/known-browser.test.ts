import { describe, expect, it } from 'vitest';
import { knownBrowserCookie, knownBrowserOf } from './known-browser';

const pairOf = (setCookie: string) => setCookie.split(';')[0] ?? '';

describe('the cookie of a known browser', () => {
  const pair = pairOf(knownBrowserCookie('Ada@example.org'));

  it('is known for the address it was made for, in any case, beside other cookies', () => {
    const id = knownBrowserOf(`a=1; ${pair}; b=2`, ' ada@EXAMPLE.org');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(knownBrowserOf(pair, 'ada@example.org')).toBe(id);
  });

  it.each([
    ['another address', pair, 'bob@example.org'],
    ['no cookie', null, 'ada@example.org'],
    ['an empty one', 'belay-browser=', 'ada@example.org'],
    ['another id', pair.replace(/=[0-9a-f]{8}/, '=00000000'), 'ada@example.org'],
    ['another seal', `${pair.slice(0, -1)}${pair.endsWith('A') ? 'E' : 'A'}`, 'ada@example.org'],
  ])('is nobody with %s', (_, cookies, email) => {
    expect(knownBrowserOf(cookies, email)).toBeUndefined();
  });

  it('is for the server alone, and only where people sign in', () => {
    expect(knownBrowserCookie('ada@example.org')).toMatch(
      /; Max-Age=31536000; Path=\/api\/auth; HttpOnly; SameSite=Lax$/,
    );
  });
});
