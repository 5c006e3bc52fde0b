'use client';

import { useCallback, useMemo, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();
const MARKS = '[data-line-start], [data-line-end]';

/**
 * Which lines have been on the screen, from their first value to their last. A line has a mark at its start and one at its end
 * (`data-line-start` and `data-line-end`, with its id); where a list scrolls, also sideways, only what is not cut off counts.
 */
export function useLinesSeen() {
  const [marks, setMarks] = useState<ReadonlySet<string>>(NONE);
  // A ref with an end of its own: the list comes into the document later than whoever asks.
  const list = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      const came = entries.filter(({ isIntersecting }) => isIntersecting);
      if (came.length > 0)
        setMarks((before) => new Set([...before, ...came.map(({ target }) => markOf(target))]));
    });
    for (const mark of element.querySelectorAll(MARKS)) observer.observe(mark);
    return () => observer.disconnect();
  }, []);
  return { seen: useMemo(() => bothEnds(marks), [marks]), list };
}

function markOf(target: Element): string {
  const start = target.getAttribute('data-line-start');
  return start === null ? `end ${target.getAttribute('data-line-end') ?? ''}` : `start ${start}`;
}

function bothEnds(marks: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...marks].flatMap((mark) => {
      const id = mark.startsWith('start ') ? mark.slice('start '.length) : undefined;
      return id !== undefined && marks.has(`end ${id}`) ? [id] : [];
    }),
  );
}
