import { isIdentifier } from './find-in-reads';
import { tokensOf } from './prepared-text';
import type { Role } from './types';

/** From this many words on a value is a text of the agent's own, which may quote. */
const CONTENT_WORDS = 8;

/** What a value is to a call, by its form; see {@link Role}. Takes normal text. */
export function roleOf(value: string): Role {
  const tokens = tokensOf(value);
  if (tokens.length >= CONTENT_WORDS && !isListOfTargets(tokens)) return 'content';
  return tokens.some(isIdentifier) || isGroupedNumber(value) ? 'target' : 'detail';
}

/** Many addresses in one string, with commas between them. */
function isListOfTargets(tokens: readonly string[]): boolean {
  return tokens.filter(isIdentifier).length * 2 >= tokens.length;
}

/** Account and phone numbers written in groups: `XX99 0000 1234`, `+1 (555) 010-9999`. */
function isGroupedNumber(value: string): boolean {
  return /^[\p{L}\p{N}\s()+./-]{8,48}$/u.test(value) && (value.match(/\d/g)?.length ?? 0) >= 7;
}
