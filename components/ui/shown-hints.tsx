'use client';

import { useEffect, useState } from 'react';

interface Shown {
  text: string;
  x: number;
  y: number;
  above: boolean;
}

const DELAY_MS = 250;
/** Time to reach the hint itself with the pointer. */
const LEAVE_MS = 80;

function place(target: HTMLElement, text: string): Shown {
  const box = target.getBoundingClientRect();
  const above = box.bottom + 90 > window.innerHeight;
  const x = Math.min(Math.max(box.left + box.width / 2, 130), window.innerWidth - 130);
  return { text, x, y: above ? box.top - 6 : box.bottom + 6, above };
}

/** What an event asks of the hint: show this target's text, hide it, or leave things as they are. */
function wish(event: Event): HTMLElement | 'hide' | 'keep' {
  const origin = event.target instanceof Element ? event.target : null;
  if (origin?.closest('[data-hint-layer]')) return 'keep';
  const target = origin?.closest<HTMLElement>('[data-hint]');
  if (!target?.dataset.hint) return 'hide';
  return event.type === 'focusin' && !target.matches(':focus-visible') ? 'keep' : target;
}

/** Follows pointer and focus over the page. Returns what takes the listeners away. */
function followHints(show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (ms: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  const enter = (event: Event) => {
    const target = wish(event);
    if (target === 'keep') clearTimeout(timer);
    else if (target === 'hide') later(LEAVE_MS, () => show(null));
    else
      later(event.type === 'focusin' ? 0 : DELAY_MS, () =>
        show(place(target, target.dataset.hint ?? '')),
      );
  };
  const hide = () => later(0, () => show(null));
  const stop = new AbortController();
  const options = { signal: stop.signal };
  document.addEventListener('pointerover', enter, options);
  document.addEventListener('focusin', enter, options);
  document.addEventListener('focusout', hide, options);
  document.addEventListener('pointerdown', hide, options);
  document.addEventListener('scroll', hide, { ...options, capture: true });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), options);
  // What the pointer rests on, or the focus, when this begins.
  document
    .querySelector('[data-hint]:hover, [data-hint]:focus-visible')
    ?.dispatchEvent(new Event('pointerover', { bubbles: true }));
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

/**
 * One layer shows the hint of whatever carries `data-hint`, on hover and on keyboard focus. One listener for the page
 * instead of one component per cell keeps long tables light. Escape hides it; it stays while the pointer is on it (WCAG 1.4.13).
 */
export function ShownHints() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => followHints(setShown), []);
  if (!shown) return null;
  return (
    <div
      data-hint-layer
      role="tooltip"
      className="animate-enter fixed z-[100] max-w-64 rounded-md bg-ink px-2 py-1 text-xs whitespace-pre-line text-canvas shadow-pop"
      style={{ left: shown.x, top: shown.y, translate: shown.above ? '-50% -100%' : '-50%' }}
    >
      {shown.text}
    </div>
  );
}
