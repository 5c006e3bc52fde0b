'use client';

import { useMemo, useRef } from 'react';
import type { Asking } from './asking';
import { isWide } from './wide';

/** Where the focus goes after what; it is never left on something that went away. */
export function useFocusTargets() {
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  return useMemo(
    () => ({
      list,
      search,
      body,
      focusList: () => soon(() => (list.current?.checkVisibility() ? list : body).current),
      focusSearch: () => soon(() => search.current),
      focusBody: () => soon(() => body.current),
      /** Back to the button that asked the question. */
      focusAction: (asking: Asking) =>
        soon(() => document.querySelector<HTMLElement>(`[data-ask="${asking}"]`)),
      /** The buttons are gone: on to the list, or on a phone to what comes next. */
      afterDeed: () =>
        soon(() =>
          isWide()
            ? list.current
            : (document.querySelector<HTMLElement>('[data-verdict-bar] button') ?? body.current),
        ),
    }),
    [],
  );
}

/** After React has drawn what the focus is to go to. */
function soon(target: () => HTMLElement | null): void {
  requestAnimationFrame(() => target()?.focus({ preventScroll: true }));
}
