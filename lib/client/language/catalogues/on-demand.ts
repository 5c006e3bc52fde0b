/** The same catalogues for browsers, which fetch the one they read and no other. */
import type { Language } from '../languages';
import type { Catalogue } from '../speech';

export const FETCH_CATALOGUE: Readonly<Partial<Record<Language, () => Promise<Catalogue>>>> = {
  de: () => import('./de.json').then((module) => module.default),
};
