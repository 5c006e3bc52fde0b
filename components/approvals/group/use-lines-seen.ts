'use client';

import { useCallback, useRef, useState } from 'react';
import { firstGap, withSlice, type Slice } from './seen-slices';

const NONE: ReadonlySet<string> = new Set();
/** The part that holds for all calls; the others are named by the id of their call. */
export const IN_ALL = 'all';
const WATCHED = '[data-seen-of]';
/** Pixels that may be missing at an edge, since screens round. */
const SLACK_PX = 2;

/** One value of a part, and how much of it has been on the screen. */
interface Watched {
  readonly part: string;
  readonly height: number;
  readonly slices: readonly Slice[];
}

/**
 * Which parts of the sheet have been on the screen with all of their values. Whatever has to be read carries `data-seen-of` with its
 * part; where something scrolls, also sideways, only what is not cut off counts. What is taller than the screen is seen slice
 * by slice, so that going to its end leaves its middle unseen.
 */
export function useLinesSeen() {
  const [seen, setSeen] = useState<ReadonlySet<string>>(NONE);
  const unseen = useRef<ReadonlyMap<Element, Watched>>(new Map());
  // A ref with an end of its own: the values come into the document later than whoever asks.
  const area = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const [left, stop] = watch(element, (parts) =>
      setSeen((before) => (parts.length === 0 ? before : new Set([...before, ...parts]))),
    );
    unseen.current = left;
    return stop;
  }, []);
  const showFirst = useCallback((parts: readonly string[]) => {
    const wanted = new Set(parts);
    for (const [element, watched] of unseen.current)
      if (wanted.has(watched.part)) return show(element, watched);
  }, []);
  return { seen, area, showFirst };
}

/**
 * @param onSeen hears of parts of which all values have been on the screen now
 * @returns what has not been, in the order of the page, and how to end it
 */
function watch(
  area: HTMLElement,
  onSeen: (parts: readonly string[]) => void,
): [unseen: ReadonlyMap<Element, Watched>, stop: () => void] {
  const unseen = new Map<Element, Watched>();
  const missing = new Map<string, number>([[IN_ALL, 0]]);
  /** In sight, but not all of it: how much of it is has to be asked again whenever something scrolls. */
  const partly = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      const whole = entries.filter((entry) => take(entry, unseen, partly));
      for (const { target } of whole) observer.unobserve(target);
      const parts = whole.flatMap(({ target }) => target.getAttribute('data-seen-of') ?? []);
      onSeen(parts.filter((part) => countDown(missing, part)));
    },
    { threshold: [0, 0.5, 0.98, 1] },
  );
  for (const element of area.querySelectorAll(WATCHED)) {
    const part = element.getAttribute('data-seen-of') ?? '';
    unseen.set(element, { part, height: 0, slices: [] });
    missing.set(part, (missing.get(part) ?? 0) + 1);
    observer.observe(element);
  }
  onSeen([...missing].flatMap(([part, count]) => (count === 0 ? [part] : [])));
  // To observe it anew is to be told at once where it stands.
  const askAgain = () =>
    partly.forEach((element) => {
      observer.unobserve(element);
      observer.observe(element);
    });
  const stopListening = whenMoved(askAgain);
  return [
    unseen,
    () => {
      stopListening();
      observer.disconnect();
    },
  ];
}

/** Calls `act` when anything scrolls, or the window has another size. @returns ends it */
function whenMoved(act: () => void): () => void {
  document.addEventListener('scroll', act, { capture: true, passive: true });
  window.addEventListener('resize', act);
  return () => {
    document.removeEventListener('scroll', act, { capture: true });
    window.removeEventListener('resize', act);
  };
}

/** Notes what can be seen of a value now. @returns whether all of it has been by now, for the first time */
function take(
  entry: IntersectionObserverEntry,
  unseen: Map<Element, Watched>,
  partly: Set<Element>,
): boolean {
  const { target, isIntersecting } = entry;
  const before = unseen.get(target);
  partly.delete(target);
  if (before === undefined || !isIntersecting) return false;
  const after = seenMore(before, entry);
  if (gapOf(after) === undefined) return unseen.delete(target);
  unseen.set(target, after);
  partly.add(target);
  return false;
}

/** @returns whether that was the last of its part */
function countDown(missing: Map<string, number>, part: string): boolean {
  const left = (missing.get(part) ?? 1) - 1;
  missing.set(part, left);
  return left === 0;
}

/** With what can be seen of it now. What is cut off at its side is not read. */
function seenMore(
  { part, slices }: Watched,
  { boundingClientRect: whole, intersectionRect: shown }: IntersectionObserverEntry,
): Watched {
  const { height } = whole;
  if (height === 0 || shown.width < whole.width - SLACK_PX) return { part, height, slices };
  const from = (shown.top - whole.top) / height;
  const to = (shown.bottom - whole.top) / height;
  return { part, height, slices: withSlice(slices, { from, to }) };
}

const gapOf = ({ height, slices }: Watched): number | undefined =>
  firstGap(slices, height === 0 ? 1 : SLACK_PX / height);

/** Scrolls to where the first part begins that has not been on the screen. */
function show(element: Element, watched: Watched): void {
  element.scrollIntoView({ block: 'start', inline: 'nearest' });
  const gap = (gapOf(watched) ?? 0) * watched.height;
  for (let box = element.parentElement; box !== null && gap > 0; box = box.parentElement)
    if (box.scrollHeight > box.clientHeight && getComputedStyle(box).overflowY === 'auto')
      return box.scrollBy(0, gap - SLACK_PX);
}
