'use client';

import { useEffect, useRef } from 'react';

/** Something the page that is shown can do right now, for the command palette. */
export interface PageCommand {
  readonly id: string;
  readonly words: string;
  /** The keys that do the same, as they are written on buttons. */
  readonly keys?: string;
  readonly run: () => void;
}

type Offer = () => Promise<readonly PageCommand[]>;
let offered: Offer | undefined;

/** While the page is shown, the palette lists what `offer` gives; it is asked each time the palette opens. */
export function usePageCommands(offer: Offer): void {
  const latest = useRef(offer);
  useEffect(() => {
    latest.current = offer;
  });
  useEffect(() => {
    const mine = () => latest.current();
    offered = mine;
    return () => {
      if (offered === mine) offered = undefined;
    };
  }, []);
}

/** What can be done on the page right now; nothing when it offers nothing or cannot say. */
export async function pageCommands(): Promise<readonly PageCommand[]> {
  return (await offered?.().catch(() => undefined)) ?? [];
}
