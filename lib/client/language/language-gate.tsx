'use client';

import { usePathname } from 'next/navigation';
import { use, type ReactNode } from 'react';
import { areasAt, type Area } from './areas';
import { FETCH_CATALOGUE } from './catalogues/on-demand';
import { isLanguage, type Language } from './languages';
import { speakWith, type PluralForms } from './speech';

const inBrowser = typeof document !== 'undefined';
/** Grows with every area; what was said before stays said. */
const catalogue: Record<string, string | PluralForms> = {};
const asked = new Map<Area, Promise<void>>();
const waits = new Map<string, Promise<unknown>>();
const arrived = new Set<string>();

function fetchArea(language: Language, area: Area): Promise<void> {
  const load = FETCH_CATALOGUE[language]?.[area];
  const known =
    asked.get(area) ??
    load?.().then(
      (texts) => {
        Object.assign(catalogue, texts);
        speakWith(() => ({ language, catalogue }));
      },
      () => undefined,
    ) ??
    Promise.resolve();
  asked.set(area, known);
  return known;
}

/**
 * What a page at this address still waits for before it speaks the language; nothing when all is here. What cannot be fetched
 * stays English.
 */
function awaited(language: Language, path: string): Promise<unknown> | undefined {
  if (FETCH_CATALOGUE[language] === undefined) return undefined;
  const areas = areasAt(path);
  const key = areas.join();
  if (arrived.has(key)) return undefined;
  const wait =
    waits.get(key) ??
    Promise.all(areas.map((area) => fetchArea(language, area))).then(() => arrived.add(key));
  waits.set(key, wait);
  return wait;
}

// The catalogue is asked for while the rest of the page's code still comes.
if (inBrowser && isLanguage(document.documentElement.lang))
  void awaited(document.documentElement.lang, location.pathname);

/** Holds the page's life back until it can speak; what the server wrote, or the page before, is read meanwhile. */
export function LanguageGate({ language, children }: { language: Language; children: ReactNode }) {
  const path = usePathname();
  const waiting = inBrowser ? awaited(language, path) : undefined;
  if (waiting !== undefined) use(waiting);
  return children;
}
