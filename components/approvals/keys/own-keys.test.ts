import { describe, expect, it } from 'vitest';
import {
  ariaKeys,
  isFreeToChoose,
  meantKey,
  ownerOf,
  parseOwnKeys,
  shownKeys,
  withKey,
} from './own-keys';

const KEYS = ['a', 'r', 'j', '?'];

describe('keys of one’s own', () => {
  it('mean what the command came with; a key that was given away means nothing', () => {
    const own = { a: 'x', r: 'a' };
    expect(meantKey('x', own)).toBe('a');
    expect(meantKey('a', own)).toBe('r');
    expect(meantKey('r', own)).toBeNull();
    expect(meantKey('j', own)).toBe('j');
    expect(meantKey('constructor', {})).toBe('constructor');
  });

  it('are what buttons show and screen readers hear', () => {
    expect(shownKeys('a', { a: 'x' })).toBe('x');
    expect(shownKeys('Shift A', { a: 'x' })).toBe('Shift X');
    expect(shownKeys('Ctrl ⏎', { c: 'x' })).toBe('Ctrl ⏎');
    expect(ariaKeys('Shift + X')).toBe('Shift+X');
    expect(ariaKeys('Strg ⏎')).toBe('Control+Enter');
    expect(ariaKeys('Umschalt + X')).toBe('Shift+X');
  });

  it('are letters, of any alphabet', () => {
    expect(['x', 'Ж', 'ö'].every(isFreeToChoose)).toBe(true);
    expect(['1', '!', ' ', 'Enter', 'Escape', ''].some(isFreeToChoose)).toBe(false);
  });

  it('name the command that has a key already', () => {
    expect(ownerOf('r', KEYS, {})).toBe('r');
    expect(ownerOf('x', KEYS, { a: 'x' })).toBe('a');
    expect(ownerOf('a', KEYS, { a: 'x' })).toBeUndefined();
  });

  it('forget a choice that is no change', () => {
    expect(withKey({ a: 'x' }, 'a', 'a')).toEqual({});
    expect(withKey({ a: 'x' }, 'r', 'y')).toEqual({ a: 'x', r: 'y' });
  });
});

describe('what a browser kept', () => {
  it('is read back', () => {
    expect(parseOwnKeys('{"a":"x"}', KEYS)).toEqual({ a: 'x' });
    expect(parseOwnKeys('{"a":"r","r":"a"}', KEYS)).toEqual({ a: 'r', r: 'a' });
  });

  it.each([null, '', 'no', 'null', '[]', '{"a":"r"}', '{"z":"x"}', '{"a":"!"}', '{"a":1}'])(
    'is dropped when it is %s',
    (text) => {
      expect(parseOwnKeys(text, KEYS)).toEqual({});
    },
  );
});
