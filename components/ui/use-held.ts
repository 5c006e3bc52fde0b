'use client';

import { useState } from 'react';

/**
 * Holds a live list still while the pointer or the focus is in it, so that nothing moves under a hand. `behind` says that
 * newer data waits; `release` shows it.
 */
export function useHeld<Value>(latest: Value) {
  const [holding, setHolding] = useState(false);
  const [held, setHeld] = useState(latest);
  const shown = holding ? held : latest;
  const hold = () => {
    if (holding) return;
    setHeld(latest);
    setHolding(true);
  };
  const letGo = () => setHolding(false);
  return {
    shown,
    behind: holding && held !== latest,
    release: () => setHeld(latest),
    /** Spread on the element around the list. */
    holdProps: { onPointerEnter: hold, onPointerLeave: letGo, onFocus: hold, onBlur: letGo },
  };
}
