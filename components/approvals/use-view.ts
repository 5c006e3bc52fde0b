'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type ViewParams, formatViewParams, parseViewParams } from './view-params';

/** Holding j would otherwise write the address bar dozens of times a second, which browsers refuse. */
const URL_DELAY_MS = 120;

export interface ViewChange {
  /** Makes a step the browser's Back button returns from; otherwise the address is replaced. */
  readonly push?: boolean;
}

/** The view as state, mirrored into the URL a moment later and read back on Back and Forward. */
export function useView(initial: ViewParams) {
  const [view, setState] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(() => {
    const onPopState = (): void => {
      setState(parseViewParams(new URLSearchParams(window.location.search)));
    };
    window.addEventListener('popstate', onPopState);
    return () => {
      window.removeEventListener('popstate', onPopState);
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, []);

  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  }, [view]);

  const setView = useCallback((patch: Partial<ViewParams>, change: ViewChange = {}): void => {
    const next = { ...latest.current, ...patch };
    latest.current = next;
    setState(next);
    if (timer.current !== null) clearTimeout(timer.current);
    if (change.push) writeUrl(next, 'pushState');
    else timer.current = setTimeout(() => writeUrl(next, 'replaceState'), URL_DELAY_MS);
  }, []);

  return [view, setView] as const;
}

function writeUrl(view: ViewParams, how: 'pushState' | 'replaceState'): void {
  window.history[how](null, '', `${window.location.pathname}${formatViewParams(view)}`);
}
