'use client';

import { useCallback, useRef, useState } from 'react';

/** Speaks to screen readers, politely; saying the same twice in a row is heard twice. */
export function useAnnouncer() {
  const [text, setText] = useState('');
  const turn = useRef(false);
  const announce = useCallback((words: string) => {
    turn.current = !turn.current;
    setText(turn.current ? words : `${words}\u00a0`);
  }, []);
  const region = (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
  return { announce, region };
}
