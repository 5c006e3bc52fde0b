import { revealUntrusted } from '@/components/ui/untrusted';

/** Characters between two marks: far less than a screen, also where it is narrow. */
const APART = 300;

/**
 * Marks through a value, in a box that is `relative`, which tell whether all of it was on the screen (`useLinesSeen`): at its start and
 * its end, and between them where it is long.
 */
export function ReadMarks({ id, text }: { id: string; text: string }) {
  return placesOf(text).map((place) => (
    <span
      key={place}
      aria-hidden
      data-read={id}
      className="pointer-events-none absolute left-0 size-px"
      style={{ top: `calc(${place * 100}% - ${place}px)` }}
    />
  ));
}

/** Shares of the height, from 0 to 1. What is shown in the place of a character that nobody can see counts in full. */
export function placesOf(text: string): number[] {
  const shown = revealUntrusted(text).reduce(
    (sum, segment) => sum + (segment.kind === 'text' ? segment.text : segment.label).length,
    0,
  );
  const parts = Math.max(1, Math.ceil(shown / APART));
  return Array.from({ length: parts + 1 }, (_, index) => index / parts);
}

/** One that needs marks of its own within a line, which has them at its start and its end. */
export const isLong = (text: string): boolean => placesOf(text).length > 2;
