import { leavesOf } from './leaves';
import { comparable } from './comparable';
import { findWhole, prepareText } from './prepared-text';

/** A link, or the name of a file. An address of a person names nobody's document. */
const LINK_OR_FILE = /^[^\s@]*\p{L}[^\s@]*(?:\.\p{L}|\/)[^\s@]*$/u;

/**
 * Whether the request names the very document a call reads: the call has a link or a file name among its arguments, and the
 * request says each of them.
 * @example namesDocument('Pay what bill.txt says', { path: 'bill.txt' }) // true
 */
export function namesDocument(request: string, args: unknown): boolean {
  const { leaves, complete } = leavesOf(args);
  const documents = leaves
    .map(({ value }) => (typeof value === 'string' ? comparable(value) : ''))
    .filter((value) => LINK_OR_FILE.test(value));
  const { text } = prepareText(request);
  return (
    complete && documents.length > 0 && documents.every((value) => findWhole(text, value) !== -1)
  );
}
