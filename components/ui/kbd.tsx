import type { ReactNode } from 'react';

/** One key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-mono text-[11px] text-ink-2">
      {children}
    </kbd>
  );
}
