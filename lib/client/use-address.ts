'use client';

import { usePathname, useSearchParams } from 'next/navigation';

/**
 * The query of the address as state: filters, the open tab, the opened item. A change stays in the browser; the page's own
 * queries follow it, so nothing waits for the server to render the page again.
 */
export function useAddress() {
  const path = usePathname();
  const params = useSearchParams();
  const change = (values: Readonly<Record<string, string | undefined>>) => {
    // Read where it stands now: two changes may come before the next render.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    window.history.replaceState(null, '', next.size > 0 ? `${path}?${next}` : path);
  };
  return { get: (name: string) => params.get(name), change };
}
