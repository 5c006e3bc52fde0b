'use client';

import { useCallback, useState } from 'react';

export interface Box {
  width: number;
  height: number;
}

/** The content box of an element in px as it changes; undefined until it is measured, and while it is not shown. */
export function useBox() {
  const [box, setBox] = useState<Box>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setBox(width > 0 && height > 0 ? { width, height } : undefined);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, box] as const;
}
