'use client';

import { useEffect } from 'react';

/** What shows that somebody is there. */
const SIGNS_OF_A_PERSON = ['pointermove', 'pointerdown', 'keydown'] as const;

/**
 * Calls `act` once, when a person first moves or types: what may be needed next is fetched then, and costs the first load of the
 * page nothing. `act` has to be the same function in every render.
 */
export function useFirstSign(act: () => void): void {
  useEffect(() => {
    const early = new AbortController();
    const actOnce = () => {
      early.abort();
      act();
    };
    for (const sign of SIGNS_OF_A_PERSON)
      window.addEventListener(sign, actOnce, { signal: early.signal, passive: true });
    return () => early.abort();
  }, [act]);
}
