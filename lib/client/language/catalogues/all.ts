/** Every catalogue, for the server. A further language is a file beside this one, a row here, and a row in `on-demand.ts`. */
import type { Language } from '../languages';
import type { Catalogue } from '../speech';
import german from './de.json';

export const CATALOGUES: Readonly<Record<Language, Catalogue | undefined>> = {
  en: undefined,
  de: german,
};
