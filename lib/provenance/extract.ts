/** A place that matters in a text. Offsets are UTF-16 units, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A part of a text with the places in it, relative to the part. */
export interface Part<P extends Place> {
  /** Where the part begins in the whole text. */
  readonly offset: number;
  /** Characters left out between the part before and this one, or before the first. */
  readonly skipped: number;
  readonly text: string;
  readonly places: readonly P[];
}

export interface Parts<P extends Place> {
  readonly parts: readonly Part<P>[];
  /** Characters left out after the last part. */
  readonly skippedAfter: number;
}

/** Shown before and after a place. */
const CONTEXT_CHARS = 160;
/** Less than this between two parts, or at an end, is shown rather than counted. */
const LEAST_SKIPPED = 80;

/**
 * The parts of a text around the places that matter, with what lies between them counted and never silently dropped:
 * `skipped` and the lengths of the parts add up to the length of the text. Places outside the text are left out.
 *
 * @example partsAround('x'.repeat(900), [{ start: 400, end: 410 }]).parts[0]?.skipped // 240
 */
export function partsAround<P extends Place>(text: string, places: readonly P[]): Parts<P> {
  const inside = places
    .filter(({ start, end }) => start >= 0 && start < end && end <= text.length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const windows: { start: number; end: number; places: P[] }[] = [];
  for (const place of inside) {
    const start = atLeastSkipped(place.start - CONTEXT_CHARS, 0);
    const last = windows.at(-1);
    if (last !== undefined && start - last.end < LEAST_SKIPPED) {
      last.end = Math.max(last.end, place.end + CONTEXT_CHARS);
      last.places.push(place);
    } else {
      windows.push({ start, end: place.end + CONTEXT_CHARS, places: [place] });
    }
  }
  let shown = 0;
  const parts = windows.map((window): Part<P> => {
    const from = characterStart(text, window.start);
    const to =
      text.length - window.end < LEAST_SKIPPED ? text.length : characterStart(text, window.end);
    const part = {
      offset: from,
      skipped: from - shown,
      text: text.slice(from, to),
      places: window.places.map((place) => ({
        ...place,
        start: place.start - from,
        end: place.end - from,
      })),
    };
    shown = to;
    return part;
  });
  return { parts, skippedAfter: text.length - shown };
}

function atLeastSkipped(start: number, from: number): number {
  return start - from < LEAST_SKIPPED ? from : start;
}

/** Moved back so that no surrogate pair is split. */
function characterStart(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 ? at - 1 : at;
}
