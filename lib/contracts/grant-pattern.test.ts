import { describe, expect, it } from 'vitest';
import { coversCall, patternOf, reachOf, type PatternedCall } from './grant-pattern';

const call = (args: PatternedCall['arguments'], id = 'o-1', type = 'order'): PatternedCall => ({
  arguments: args,
  resource: { type, id },
});
const SEEN = call({ order: '4711', amount: 120, note: 'Late', tags: [], deep: { on: true } });
const VARY = ['/arguments/order', '/arguments/amount', '/resource/id'];
const { pattern } = patternOf(SEEN, VARY);
const covers = (args: PatternedCall['arguments'], id?: string, type?: string) =>
  coversCall(pattern, call({ note: 'Late', tags: [], deep: { on: true }, ...args }, id, type));

describe('what a grant covers', () => {
  it('is the call that was seen, and calls that differ where they may', () => {
    expect(coversCall(pattern, SEEN)).toBe(true);
    expect(covers({ order: '4712', amount: 0 }, 'o-2')).toBe(true);
    expect(coversCall(patternOf(SEEN, []).pattern, SEEN)).toBe(true);
  });

  it.each([
    ['a larger number than was seen', { order: '4712', amount: 120.01 }],
    ['a number of the other sign', { order: '4712', amount: -1 }],
    ['a text where a number was', { order: '4712', amount: '1' }],
    ['a number where a text was', { order: 4712, amount: 1 }],
    ['another value where none may vary', { order: '4712', amount: 1, note: 'Later' }],
    ['a value that is missing', { amount: 1 }],
    ['a value that is new', { order: '4712', amount: 1, force: true }],
    ['something in a list that was empty', { order: '4712', amount: 1, tags: ['x'] }],
    ['a change deep inside', { order: '4712', amount: 1, deep: { on: false } }],
    ['a long text', { order: 'x'.repeat(101), amount: 1 }],
    ['several lines where one was', { order: 'a\nb', amount: 1 }],
    ['a character that turns the direction', { order: 'a\u202eb', amount: 1 }],
    ['a character nobody sees', { order: 'a\u200bb', amount: 1 }],
    ['a Hangul filler', { order: 'a\u3164b', amount: 1 }],
    ['a blank Braille pattern', { order: 'a\u2800b', amount: 1 }],
    ['a variation selector', { order: 'a\ufe0fb', amount: 1 }],
    ['a far variation selector', { order: 'a\u{e0100}b', amount: 1 }],
    ['a joiner of graphemes', { order: 'a\u034fb', amount: 1 }],
    ['a tag character', { order: `a${String.fromCodePoint(0xe0041)}`, amount: 1 }],
  ])('is not %s', (_name, args) => {
    expect(covers(args)).toBe(false);
  });

  it('never is another kind of thing', () => {
    expect(covers({ order: '4712', amount: 1 }, 'o-2', 'customer')).toBe(false);
    expect(patternOf(SEEN, ['/resource/type']).impossible).toEqual(['/resource/type']);
  });

  it('keeps names apart that look alike as places', () => {
    const nested = patternOf(call({ 'a/b': 'x', a: { c: 'y' } }), ['/arguments/a~1b']).pattern;
    expect(coversCall(nested, call({ 'a/b': 'z', a: { c: 'y' } }))).toBe(true);
    expect(coversCall(nested, call({ a: { b: 'z', c: 'y' } }))).toBe(false);
  });
});

describe('what may vary', () => {
  it('is numbers and texts alone', () => {
    for (const value of [true, null, [], {}]) expect(reachOf('/arguments/x', value)).toBeNull();
    const { impossible } = patternOf(SEEN, ['/arguments/tags', '/arguments/deep', '/arguments/no']);
    expect([...impossible].sort()).toEqual(['/arguments/deep', '/arguments/no', '/arguments/tags']);
  });

  it('reaches down from a number below zero as far as it', () => {
    expect(reachOf('/arguments/x', -5)).toEqual({ kind: 'number', from: -5, to: 0 });
  });
});
