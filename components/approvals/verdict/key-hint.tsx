'use client';

import { useCallback } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { ariaKeys, shownKeys } from '../keys/own-keys';
import { useOwnKeys, useShortcutsEnabled } from '../shortcut-preference';

/**
 * The key of a button, shown where there is a keyboard and shortcuts are on. Named is the key the page comes with; shown, and
 * told to assistive technology by the button around it, is the one the person has.
 */
export function KeyHint({ children, onFill }: { children: string; onFill?: boolean }) {
  const [enabled] = useShortcutsEnabled();
  const [own] = useOwnKeys();
  const keys = shownKeys(children, own);
  const telling = useCallback(
    (hint: HTMLElement | null) => {
      const button = hint?.closest('button, [role="menuitem"]');
      button?.setAttribute('aria-keyshortcuts', ariaKeys(keys));
      return () => button?.removeAttribute('aria-keyshortcuts');
    },
    [keys],
  );
  if (!enabled) return null;
  return (
    <span
      ref={telling}
      aria-hidden
      className={
        onFill
          ? 'max-md:hidden [&>kbd]:border-white/50 [&>kbd]:bg-transparent [&>kbd]:text-white'
          : 'max-md:hidden'
      }
    >
      <Kbd>{keys}</Kbd>
    </span>
  );
}

/** A key inside a sentence: the one the person has. */
export function OwnKey({ children }: { children: string }) {
  const [own] = useOwnKeys();
  return <Kbd>{shownKeys(children, own)}</Kbd>;
}
