'use client';

import { createContext, useContext, useState, type ReactNode } from 'react';

/** Brings the focus to a mark of the chart from elsewhere on the page, also to one that is still to be drawn. */
export interface MarkFocus {
  /** Focuses the mark that stands for a subject, now or as soon as it is there. */
  want: (subjectId: string) => void;
  /** For a mark that was drawn: whether it is the wanted one. The answer is yes once. */
  take: (subjectIds: readonly string[]) => boolean;
}

function createMarkFocus(): MarkFocus {
  let wanted: string | null = null;
  return {
    want: (subjectId) => {
      const drawn = document.querySelector<HTMLElement>(
        `[data-subjects~="${CSS.escape(subjectId)}"]`,
      );
      wanted = drawn === null ? subjectId : null;
      drawn?.focus();
    },
    take: (subjectIds) => {
      if (wanted === null || !subjectIds.includes(wanted)) return false;
      wanted = null;
      return true;
    },
  };
}

const MarkFocusContext = createContext<MarkFocus | null>(null);

export function MarkFocusProvider({ children }: { children: ReactNode }) {
  const [focus] = useState(createMarkFocus);
  return <MarkFocusContext value={focus}>{children}</MarkFocusContext>;
}

export function useMarkFocus(): MarkFocus {
  const focus = useContext(MarkFocusContext);
  if (!focus) throw new Error('useMarkFocus needs a MarkFocusProvider above it');
  return focus;
}
