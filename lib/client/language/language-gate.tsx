'use client';

import { use, type ReactNode } from 'react';
import { FETCH_CATALOGUE } from './catalogues/on-demand';
import { isLanguage, type Language } from './languages';
import { speakWith } from './speech';

const inBrowser = typeof document !== 'undefined';
const fetched = new Map<Language, Promise<void>>();

/** Speaks the language as soon as its catalogue is here. Without one, or when it cannot be fetched, English stands. */
function ready(language: Language): Promise<void> | undefined {
  const load = FETCH_CATALOGUE[language];
  if (load === undefined) return undefined;
  const known =
    fetched.get(language) ??
    load().then(
      (catalogue) => speakWith(() => ({ language, catalogue })),
      () => undefined,
    );
  fetched.set(language, known);
  return known;
}

// The catalogue is asked for while the rest of the page's code still comes.
if (inBrowser && isLanguage(document.documentElement.lang))
  void ready(document.documentElement.lang);

/** Holds the page's life back until it can speak; what the server wrote is read meanwhile. */
export function LanguageGate({ language, children }: { language: Language; children: ReactNode }) {
  const waiting = inBrowser ? ready(language) : undefined;
  if (waiting !== undefined) use(waiting);
  return children;
}
