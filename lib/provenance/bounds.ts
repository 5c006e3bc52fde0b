/** What is looked at of a session, at most: the newest reads, and the beginning of each. */
export const MAX_READS = 32;
export const MAX_READ_CHARS = 65_536;
/** Of all reads of a session together. */
export const MAX_SESSION_CHARS = 262_144;
/** Scalar leaves of the arguments, and the length of the way to one. */
export const MAX_LEAVES = 256;
export const MAX_PATH_CHARS = 1_000;
/** Of one argument, for comparison. */
export const MAX_VALUE_CHARS = 16_384;
/** Of one excerpt shown to a person. */
const EXCERPT_CHARS = 120;

/** A cut that never leaves half a surrogate pair. */
export function excerptOf(text: string, limit = EXCERPT_CHARS): string {
  return text.length <= limit
    ? text
    : `${text.slice(0, limit - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
