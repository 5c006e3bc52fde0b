'use client';

import { useLayoutEffect, useSyncExternalStore } from 'react';

/**
 * Of which call the arguments stand on the page: the code that draws some kinds comes later than the page, and nobody lets run what
 * was not shown. Kept outside of what is drawn, so that moving through the queue draws one button anew and not the page.
 */
let shownId: string | null = null;
const listeners = new Set<() => void>();

function note(id: string | null): void {
  shownId = id;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the arguments of a call stand on the page now. */
export const argumentsShown = (id: string | null): boolean => id !== null && shownId === id;

/** The same for what is drawn. The page as the server sends it is not pressed before it is alive. */
export const useArgumentsShown = (id: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => argumentsShown(id),
    () => true,
  );

/** Stands beside the arguments of a call wherever they are drawn, and nowhere else. */
export function Shown({ id }: { id: string }) {
  useLayoutEffect(() => {
    note(id);
    return () => {
      if (shownId === id) note(null);
    };
  }, [id]);
  return null;
}
