'use client';

import { useSyncExternalStore } from 'react';

/** Whether single-key shortcuts are on: each person's choice, kept in this browser. */
const KEY = 'belay.approvals.shortcuts';
const listeners = new Set<() => void>();

export function useShortcutsEnabled(): readonly [boolean, (enabled: boolean) => void] {
  const enabled = useSyncExternalStore(subscribe, read, () => true);
  return [enabled, write];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(): boolean {
  return window.localStorage.getItem(KEY) !== 'off';
}

function write(enabled: boolean): void {
  if (enabled) window.localStorage.removeItem(KEY);
  else window.localStorage.setItem(KEY, 'off');
  listeners.forEach((listener) => listener());
}
