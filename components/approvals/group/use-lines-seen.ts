'use client';

import { useCallback, useRef, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();
const MARKS = '[data-read]';

/** The id of a value that all calls have in common, among those of lines, which are ids of calls. */
export const sameId = (path: string): string => `=${path}`;

/**
 * What has been on the screen, whole: lines, and values that are the same in all of them. Each has marks with its id (`data-read`) at
 * its start, at its end and all through a long value (`ReadMarks`), so that nothing of it is jumped over. Where a list scrolls, also
 * sideways, only what is not cut off counts.
 */
export function useLinesSeen() {
  const [seen, setSeen] = useState<ReadonlySet<string>>(NONE);
  /** Marks that have not been on the screen, in the order of the page. */
  const left = useRef<readonly Element[]>([]);
  // A ref with an end of its own: the list comes into the document later than whoever asks.
  const list = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const marks = [...element.querySelectorAll(MARKS)];
    const ids = new Set(marks.map(idOf));
    left.current = marks;
    const observer = new IntersectionObserver((entries) => {
      const came = new Set(
        entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target),
      );
      if (came.size === 0) return;
      left.current = left.current.filter((mark) => !came.has(mark));
      const unread = new Set(left.current.map(idOf));
      setSeen(new Set([...ids].filter((id) => !unread.has(id))));
    });
    for (const mark of marks) observer.observe(mark);
    return () => observer.disconnect();
  }, []);
  /** Brings the first of it that has not been read into sight, with what stands around it. */
  const show = useCallback((id: string) => {
    left.current.find((mark) => idOf(mark) === id)?.scrollIntoView({ block: 'center' });
  }, []);
  return { seen, list, show };
}

const idOf = (mark: Element): string => mark.getAttribute('data-read') ?? '';
