'use client';

import { useSyncExternalStore } from 'react';
import { keyNow, NO_OWN_KEYS, parseOwnKeys, type OwnKeys } from './keys/own-keys';
import { COMMAND_KEYS } from './shortcuts';

/** Whether single-key shortcuts are on, and which keys they have: each person's choice, kept in this browser. */
const ENABLED = 'belay.approvals.shortcuts';
const KEYS = 'belay.approvals.keys';
const listeners = new Set<() => void>();

export function useShortcutsEnabled(): readonly [boolean, (enabled: boolean) => void] {
  const enabled = useSyncExternalStore(subscribe, readEnabled, () => true);
  return [enabled, (on) => write(ENABLED, on ? null : 'off')];
}

/** The person's own keys, and how to keep others. */
export function useOwnKeys(): readonly [OwnKeys, (own: OwnKeys) => void] {
  const own = useSyncExternalStore(subscribe, ownKeys, () => NO_OWN_KEYS);
  return [own, (next) => write(KEYS, Object.keys(next).length === 0 ? null : JSON.stringify(next))];
}

/** The key to press now for one the page comes with; null where single keys are off. */
export function useKeyNow(key: string): string | null {
  const [enabled] = useShortcutsEnabled();
  const [own] = useOwnKeys();
  return enabled ? keyNow(key, own) : null;
}

let read: { text: string | null; own: OwnKeys } = { text: null, own: NO_OWN_KEYS };

/** The person's own keys right now; the same object as long as nothing changed. */
export function ownKeys(): OwnKeys {
  const text = window.localStorage.getItem(KEYS);
  if (text !== read.text) read = { text, own: parseOwnKeys(text, COMMAND_KEYS) };
  return read.own;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function readEnabled(): boolean {
  return window.localStorage.getItem(ENABLED) !== 'off';
}

function write(name: string, value: string | null): void {
  if (value === null) window.localStorage.removeItem(name);
  else window.localStorage.setItem(name, value);
  listeners.forEach((listener) => listener());
}
