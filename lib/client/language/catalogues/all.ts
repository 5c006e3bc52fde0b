/** Every catalogue, for the server. A further language is a folder beside `de`, a row here, and a row in `on-demand.ts`. */
import type { Area } from '../areas';
import type { Language } from '../languages';
import type { Catalogue } from '../speech';
import { GERMAN } from './de';

/** By area, as browsers fetch them. */
export const AREA_CATALOGUES: Readonly<
  Record<Language, Readonly<Record<Area, Catalogue>> | undefined>
> = {
  en: undefined,
  de: GERMAN,
};

export const CATALOGUES: Readonly<Record<Language, Catalogue | undefined>> = {
  en: undefined,
  de: Object.assign({}, ...Object.values(GERMAN)) as Catalogue,
};
