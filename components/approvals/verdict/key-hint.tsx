'use client';

import { Kbd } from '@/components/ui/kbd';
import { useShortcutsEnabled } from '../shortcut-preference';

/** The key of a button, shown where there is a keyboard and shortcuts are on. */
export function KeyHint({ children, onFill }: { children: string; onFill?: boolean }) {
  const [enabled] = useShortcutsEnabled();
  if (!enabled) return null;
  return (
    <span
      aria-hidden
      className={
        onFill
          ? 'max-md:hidden [&>kbd]:border-white/50 [&>kbd]:bg-transparent [&>kbd]:text-white'
          : 'max-md:hidden'
      }
    >
      <Kbd>{children}</Kbd>
    </span>
  );
}
