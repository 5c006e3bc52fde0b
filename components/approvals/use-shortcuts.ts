'use client';

import { useEffect, useRef } from 'react';
import { ownKeys } from './shortcut-preference';
import { type Command, type Mode, commandFor } from './shortcuts';

const TYPING_INPUTS = new Set([
  'text',
  'search',
  'email',
  'url',
  'tel',
  'number',
  'password',
  'date',
  'time',
  'datetime-local',
]);
const CONTROLS = 'a[href], button, summary, [role="button"], [role="tab"], [role="separator"]';
const COVERS = '[role="dialog"], [role="alertdialog"], [role="menu"]';

export interface ShortcutOptions {
  readonly mode: Mode;
  readonly enabled: boolean;
  readonly run: (command: Command) => void;
}

/** Listens on the document and runs the command of every key press that is one. */
export function useShortcuts(options: ShortcutOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { mode, enabled, run } = latest.current;
      const command = commandFor(event, {
        mode,
        enabled,
        own: ownKeys(),
        ...surroundings(event.target),
      });
      if (command === null) return;
      event.preventDefault();
      run(command);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function surroundings(target: EventTarget | null) {
  const element = target instanceof HTMLElement ? target : null;
  return {
    typing: element !== null && isTypedInto(element),
    onControl: element?.closest(CONTROLS) != null,
    arrowsMove: element?.closest('[data-scrolls], [role="radiogroup"], [role="tablist"]') == null,
    covered: document.querySelector(COVERS) !== null,
  };
}

function isTypedInto(element: HTMLElement): boolean {
  if (element.isContentEditable) return true;
  if (element instanceof HTMLInputElement) return TYPING_INPUTS.has(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}
