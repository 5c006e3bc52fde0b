/** The languages of the console, and which of them a browser gets. Pure. */

export const LANGUAGES = {
  en: { name: 'English', numbers: 'en-US', dates: 'en-GB' },
  de: { name: 'Deutsch', numbers: 'de-DE', dates: 'de-DE' },
} as const satisfies Record<string, { name: string; numbers: string; dates: string }>;

export type Language = keyof typeof LANGUAGES;

/** The language of the sources, which needs no catalogue. */
export const SOURCE_LANGUAGE: Language = 'en';

/** Holds the language a person chose in this browser; without it the browser's own wishes decide. */
export const LANGUAGE_COOKIE = 'belay.language';

export function isLanguage(value: string | undefined): value is Language {
  return value !== undefined && Object.hasOwn(LANGUAGES, value);
}

/**
 * The language for a request: the chosen one, else the first of `Accept-Language` (by its weights) that the console speaks,
 * else English. Regions are passed over: "de-AT" is German.
 */
export function languageFor(chosen: string | undefined, acceptLanguage: string): Language {
  if (isLanguage(chosen)) return chosen;
  const wishes = acceptLanguage.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const known = wishes.filter(({ language, weight }) => isLanguage(language) && weight > 0);
  const first = known.sort((one, other) => other.weight - one.weight)[0]?.language;
  return isLanguage(first) ? first : SOURCE_LANGUAGE;
}

/** The value of one cookie in a `Cookie` header. */
export function cookieIn(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
