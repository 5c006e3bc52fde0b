import { Fragment, createElement, type ReactNode } from 'react';
import { currentSpeech, spokenNumber } from './speech';
import { PLACEHOLDER, type PlaceholdersOf } from './t';

/**
 * A sentence with elements in it, wherever the language puts them.
 *
 * @example rich('Set by {person}, {time}', { person: <b>{name}</b>, time: <RelativeTime at={at} /> })
 */
export function rich<const Text extends string>(
  english: Text,
  parts: Readonly<Record<PlaceholdersOf<Text>, ReactNode>>,
): ReactNode {
  const entry = currentSpeech().catalogue?.[english];
  const text = typeof entry === 'string' ? entry : english;
  const named: Readonly<Record<string, ReactNode>> = parts;
  // A split by a pattern with a group gives text and names in turn.
  const pieces = text.split(PLACEHOLDER).map((piece, index) => {
    const part = index % 2 === 0 ? piece : named[piece];
    return typeof part === 'number' ? spokenNumber(part) : part;
  });
  return createElement(Fragment, null, ...pieces);
}
