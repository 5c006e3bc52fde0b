'use client';

import { useCallback, useMemo, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();
const MARKS = '[data-line-start], [data-line-end]';

/** The id of a value that all calls have in common, among those of lines, which are ids of calls. */
export const sameId = (path: string): string => `=${path}`;

/**
 * Which lines have been on the screen, from their first value to their last. A line has a mark at its start and one at its end
 * (`data-line-start` and `data-line-end`, with its id), and so has a
 * value that is the same in all of them; where a list scrolls, also sideways, only what is not cut off counts.
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
  return {
    seen: useMemo(() => bothEnds(marks), [marks]),
    list,
    show: (id: string): void => showLine(id, marks.has(`start ${id}`)),
  };
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

/**
 * Brings a line that has not been read into sight: its start, or once that was on the screen the next part. It may be longer than
 * the screen, and nothing of it is jumped over.
 */
function showLine(id: string, begun: boolean): void {
  const [start, end] = ['start', 'end'].map((side) =>
    document.querySelector(`[data-line-${side}="${CSS.escape(id)}"]`),
  );
  if (start == null || end == null) return;
  const scroller = scrollerOf(start);
  const { top, bottom } = scroller.getBoundingClientRect();
  const isReading =
    begun && start.getBoundingClientRect().top < bottom && end.getBoundingClientRect().top >= top;
  if (isReading) scroller.scrollBy({ top: scroller.clientHeight - PART_KEPT_PX });
  else start.scrollIntoView();
}

/** What stays in sight of the part before. */
const PART_KEPT_PX = 48;

function scrollerOf(element: Element): Element {
  for (let box = element.parentElement; box !== null; box = box.parentElement)
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))
      return box;
  return document.documentElement;
}
