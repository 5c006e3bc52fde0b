/**
 * The texts of the console. English stands where it is used, as whole sentences; the catalogue of another language maps them to
 * its own. Call these while rendering, never when a module is loaded: the server serves several languages at once.
 */
import { currentSpeech, pluralOf, spokenNumber } from './speech';

export type Values = Readonly<Record<string, string | number>>;
/** The names between braces: "Approved by {name}" has "name". */
export type PlaceholdersOf<Text extends string> =
  Text extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersOf<Rest> : never;
type ValuesOf<Text extends string> = [PlaceholdersOf<Text>] extends [never]
  ? []
  : [values: Readonly<Record<PlaceholdersOf<Text>, string | number>>];
type RestOf<Text extends string> = [Exclude<PlaceholdersOf<Text>, 'count'>] extends [never]
  ? []
  : [values: Readonly<Record<Exclude<PlaceholdersOf<Text>, 'count'>, string | number>>];

export const PLACEHOLDER = /\{(\w+)\}/g;

/**
 * The sentence in the language of the page. Numbers among the values are written as that language does.
 *
 * @example t('Approved by {name}', { name }) // "Freigegeben von Ada"
 */
export function t<const Text extends string>(english: Text, ...values: ValuesOf<Text>): string {
  const entry = currentSpeech().catalogue?.[english];
  return filled(typeof entry === 'string' ? entry : english, values[0] ?? {});
}

/**
 * A sentence with a count, in the form its language wants for that many. Both English forms say it with {count}.
 *
 * @example counted(2, '{count} call waits', '{count} calls wait') // "2 Aufrufe warten"
 */
export function counted<const Text extends string>(
  count: number,
  one: string,
  other: Text,
  ...values: RestOf<Text>
): string {
  const { catalogue } = currentSpeech();
  const entry = catalogue?.[other];
  const forms = typeof entry === 'object' ? entry : { one, other };
  const text = forms[pluralOf(count)] ?? forms.other ?? other;
  return filled(text, { ...values[0], count });
}

/** A table of texts: every value is read in the language of the page at the time of reading. */
export function texts<const Table extends Readonly<Record<string, string>>>(
  english: Table,
): { readonly [Name in keyof Table]: string } {
  const table = {};
  for (const [name, text] of Object.entries(english))
    Object.defineProperty(table, name, { enumerable: true, get: () => filledEntry(text) });
  return table as { readonly [Name in keyof Table]: string };
}

function filledEntry(english: string): string {
  const entry = currentSpeech().catalogue?.[english];
  return typeof entry === 'string' ? entry : english;
}

function filled(text: string, values: Values): string {
  if (!text.includes('{')) return text;
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? spokenNumber(value) : value;
  });
}
