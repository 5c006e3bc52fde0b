/** In which language texts are written right now: in a browser one for the page, on the server one for each request. */
import { LANGUAGES, SOURCE_LANGUAGE, type Language } from './languages';

/** The forms of a sentence with a count, by the categories of Intl.PluralRules. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
/** English sentence to the sentence of another language. */
export type Catalogue = Readonly<Record<string, string | PluralForms>>;

export interface Speech {
  readonly language: Language;
  /** None for English, in which the sources are written. */
  readonly catalogue: Catalogue | undefined;
}

const ENGLISH: Speech = { language: SOURCE_LANGUAGE, catalogue: undefined };
/** Next loads a module more than once, so that what must be one hangs on the global object. */
const SOURCE = Symbol.for('belay.speech');
const held = globalThis as { [SOURCE]?: () => Speech | undefined };

export function currentSpeech(): Speech {
  return held[SOURCE]?.() ?? ENGLISH;
}

/** From now on `source` says which language is spoken; nothing from it means English. */
export function speakWith(source: () => Speech | undefined): void {
  held[SOURCE] = source;
}

/** Made once for each language: making a formatter costs more than a whole row of a table. */
function once<Made>(make: (language: Language) => Made): () => Made {
  const made = new Map<Language, Made>();
  return () => {
    const { language } = currentSpeech();
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

const numbers = once((language) => new Intl.NumberFormat(LANGUAGES[language].numbers));
const plurals = once((language) => new Intl.PluralRules(language));
const dates = once(
  (language) =>
    new Intl.DateTimeFormat(LANGUAGES[language].dates, {
      dateStyle: 'medium',
      timeStyle: 'medium',
    }),
);

/** A whole number or a fraction as the language writes it: "12,431", "12.431". */
export function spokenNumber(value: number, digits?: number): string {
  if (digits === undefined) return numbers().format(value);
  return value.toLocaleString(LANGUAGES[currentSpeech().language].numbers, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Digits that were cut or rounded elsewhere, "0.69", with the decimal sign of the language, "0,69". */
export function withDecimalSign(digits: string): string {
  const sign =
    numbers()
      .formatToParts(0.5)
      .find(({ type }) => type === 'decimal')?.value ?? '.';
  return digits.replace('.', sign);
}

const lists = once(
  (language) => new Intl.ListFormat(LANGUAGES[language].dates, { type: 'conjunction' }),
);

/** "one, two and three" as the language joins them. */
export function spokenList(parts: readonly string[]): string {
  return lists().format(parts);
}

/** Date and time in the zone of the browser. Milliseconds since the epoch in. */
export function spokenDate(at: number): string {
  return dates().format(new Date(at));
}

const weekdays = once(
  (language) =>
    new Intl.DateTimeFormat(LANGUAGES[language].dates, { weekday: 'long', timeZone: 'UTC' }),
);

/** "Monday", "Montag"; 0 is Sunday, as in JavaScript and in pacts. */
export function spokenWeekday(day: number): string {
  // The first of February 1970 was a Sunday.
  return weekdays().format(Date.UTC(1970, 1, 1 + day));
}

const days = once(
  (language) =>
    new Intl.DateTimeFormat(LANGUAGES[language].dates, {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    }),
);
const daysOfYears = once(
  (language) =>
    new Intl.DateTimeFormat(LANGUAGES[language].dates, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);

/** "2 Mar", "2. März", with the year if asked for. Milliseconds since the epoch, shifted by whoever wants another zone than UTC. */
export function spokenDay(at: number, withYear = false): string {
  return (withYear ? daysOfYears() : days()).format(at);
}

/** "one", "other" and so on, as the language counts. */
export function pluralOf(count: number): Intl.LDMLPluralRule {
  return plurals().select(count);
}
