import { MAX_READS, MAX_READ_CHARS, MAX_SESSION_CHARS } from './bounds';
import type { Read } from './types';

export interface BoundedReads {
  /** The newest reads that fit, oldest first, each cut to what is looked at. */
  readonly reads: readonly Read[];
  /** Something was read that is not looked at. */
  readonly more: boolean;
}

/** What is looked at of the text of a session. A read that no longer fits is left out whole, so that the same text is prepared once. */
export function boundedReads(all: readonly Read[]): BoundedReads {
  const reads: Read[] = [];
  let chars = 0;
  for (const read of all.slice(-MAX_READS).toReversed()) {
    const text = read.text.slice(0, MAX_READ_CHARS);
    chars += text.length;
    if (chars > MAX_SESSION_CHARS) break;
    reads.push({ ...read, text });
  }
  const more = reads.length < all.length || all.some(({ text }) => text.length > MAX_READ_CHARS);
  return { reads: reads.toReversed(), more };
}
