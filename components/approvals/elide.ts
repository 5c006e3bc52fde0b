/** Shortening that always says how much it left out, and keeps both ends: the dangerous part of a command is often its end. */

export interface Elided {
  readonly head: string;
  /** Characters (Unicode code points) left out; 0 when nothing was. */
  readonly omitted: number;
  readonly tail: string;
}

/** Keeps at most `max` code points of `text`, half from the start and half from the end. */
function elideMiddle(text: string, max: number): Elided {
  if (text.length <= max) return { head: text, omitted: 0, tail: '' };
  const points = Array.from(text);
  if (points.length <= max) return { head: text, omitted: 0, tail: '' };
  const headLength = Math.ceil(max / 2);
  const tailLength = max - headLength;
  return {
    head: points.slice(0, headLength).join(''),
    omitted: points.length - max,
    tail: tailLength === 0 ? '' : points.slice(-tailLength).join(''),
  };
}

/** The same as one string, for labels: `DELETE FROM cus [+212 characters] OR 1=1`. */
export function elideToText(text: string, max: number): string {
  const { head, omitted, tail } = elideMiddle(text, max);
  return omitted === 0 ? head : `${head} [+${omitted.toLocaleString('en')} characters] ${tail}`;
}
