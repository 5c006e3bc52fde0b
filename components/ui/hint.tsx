'use client';

import { useCallback, useState, type ComponentType } from 'react';
import { useFirstSign } from './use-first-sign';

/** The layer of the hints. Nobody needs one before they move or type: its code comes then. */
export function HintLayer() {
  const [Layer, setLayer] = useState<ComponentType | null>(null);
  useFirstSign(
    useCallback(() => {
      void import('./shown-hints').then(
        ({ ShownHints }) => setLayer(() => ShownHints),
        // Without it the page says the same with fewer words.
        () => undefined,
      );
    }, []),
  );
  return Layer === null ? null : <Layer />;
}
