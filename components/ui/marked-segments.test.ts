import { describe, expect, it } from 'vitest';
import { markedSegments } from './marked-segments';

describe('a text with places in it', () => {
  it('is one piece without any', () => {
    expect(markedSegments('plain', [])).toEqual([{ text: 'plain', inside: [], begins: [] }]);
  });

  it('is cut at every beginning and end, and nothing is lost', () => {
    const order = { start: 4, end: 20, what: 'order' };
    const value = { start: 9, end: 13, what: 'value' };
    const text = 'Hi. Send 1234 to Zoe now. Thanks.';
    const found = markedSegments(text, [value, order]);
    expect(found.map(({ text: piece, inside }) => [piece, inside.map(({ what }) => what)])).toEqual(
      [
        ['Hi. ', []],
        ['Send ', ['order']],
        ['1234', ['order', 'value']],
        [' to Zoe', ['order']],
        [' now. Thanks.', []],
      ],
    );
    expect(found.map(({ text: piece }) => piece).join('')).toBe(text);
  });

  it('says where a place begins, once', () => {
    const outer = { start: 0, end: 10 };
    const inner = { start: 3, end: 5 };
    const found = markedSegments('0123456789', [outer, inner]);
    expect(found.map(({ begins }) => begins)).toEqual([[outer], [inner], []]);
  });

  it('ends a place at the end of the text, and leaves out one that lies beyond it', () => {
    const found = markedSegments('abc', [
      { start: 1, end: 99 },
      { start: 50, end: 60 },
    ]);
    expect(found.map(({ text, inside }) => [text, inside.length])).toEqual([
      ['a', 0],
      ['bc', 1],
    ]);
  });
});
