'use client';

/** From this width on the queue and the open call stand beside each other; the same limit as the split pane's. */
const WIDE = '(min-width: 768px)';

export function isWide(): boolean {
  return window.matchMedia(WIDE).matches;
}
