'use client';

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';

/** The moment under the pointer or the keyboard, shared by chart and tables without redrawing either. */
export interface Crosshair {
  get: () => number | null;
  set: (at: number | null) => void;
  subscribe: (listener: () => void) => () => void;
}

function createCrosshair(): Crosshair {
  let current: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (at) => {
      if (at === current) return;
      current = at;
      listeners.forEach((notify) => notify());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const CrosshairContext = createContext<Crosshair | null>(null);

export function CrosshairProvider({ children }: { children: ReactNode }) {
  const [crosshair] = useState(createCrosshair);
  return <CrosshairContext value={crosshair}>{children}</CrosshairContext>;
}

/** The shared crosshair itself: to move it without listening. */
export function useCrosshair(): Crosshair {
  const crosshair = useContext(CrosshairContext);
  if (!crosshair) throw new Error('useCrosshair needs a CrosshairProvider above it');
  return crosshair;
}

/** The moment it stands at, in ms since the epoch; renders on every move. */
export function useCrosshairAt(): number | null {
  const crosshair = useCrosshair();
  return useSyncExternalStore(crosshair.subscribe, crosshair.get, () => null);
}
