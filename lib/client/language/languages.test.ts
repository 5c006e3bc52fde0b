import { describe, expect, it } from 'vitest';
import { cookieIn, languageFor } from './languages';
import { speechOf } from './server';

describe('the language of a request', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.5', 'de'],
    ['fr-FR,fr;q=0.9,de;q=0.4,en;q=0.2', 'de'],
    ['de;q=0.2,en;q=0.8', 'en'],
    ['de;q=0,fr', 'en'],
    ['DE', 'de'],
    ['*', 'en'],
    ['', 'en'],
    [';;q=x,,', 'en'],
    ['constructor', 'en'],
  ])('%s without a choice is %s', (header, language) => {
    expect(languageFor(undefined, header)).toBe(language);
  });

  it('is the chosen one before anything the browser wishes', () => {
    expect(languageFor('en', 'de')).toBe('en');
    expect(languageFor('xx', 'de')).toBe('de');
  });

  it('is read from the cookie and the header, with its catalogue', () => {
    const german = speechOf({ cookie: 'a=b; belay.language=de', 'accept-language': 'en' });
    expect(german.language).toBe('de');
    expect(german.catalogue?.['Sign in']).toBe('Anmelden');
    expect(speechOf({})).toEqual({ language: 'en', catalogue: undefined });
  });
});

describe('a cookie', () => {
  it('is found by its whole name', () => {
    expect(cookieIn('xbelay=1; belay=2=3', 'belay')).toBe('2=3');
    expect(cookieIn('', 'belay')).toBeUndefined();
  });
});
