import { describe, expect, it } from 'vitest';
import { COMMAND_KEYS, type KeyContext, type KeyPress, commandFor, keyOf } from './shortcuts';

const idle: KeyContext = {
  mode: 'reading',
  typing: false,
  onControl: false,
  covered: false,
  arrowsMove: true,
  enabled: true,
  own: {},
};

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    defaultPrevented: false,
    ...more,
  };
}

function command(key: string, context: Partial<KeyContext> = {}, more: Partial<KeyPress> = {}) {
  return commandFor(press(key, more), { ...idle, ...context })?.type ?? null;
}

describe('reading', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['ArrowDown', 'next'],
    ['ArrowUp', 'previous'],
    ['o', 'open'],
    ['Enter', 'open'],
    ['a', 'approve'],
    ['e', 'edit'],
    ['g', 'group'],
    ['r', 'reject'],
    ['c', 'comment'],
    ['m', 'claim'],
    ['u', 'back'],
    ['/', 'search'],
  ])('%s means %s', (key, type) => {
    expect(command(key)).toBe(type);
  });

  it('opens the help sheet with a question mark, which takes Shift on most keyboards', () => {
    expect(command('?', {}, { shiftKey: true })).toBe('help');
  });

  it('reads letters the same under Caps Lock', () => {
    expect(command('J')).toBe('next');
  });

  it('leaves the arrows to a pane that scrolls, and Enter to a focused button', () => {
    expect(command('ArrowDown', { arrowsMove: false })).toBeNull();
    expect(command('Enter', { onControl: true })).toBeNull();
  });

  it('lets a held key move through the list but not start a verdict', () => {
    expect(command('j', {}, { repeat: true })).toBe('next');
    expect(command('a', {}, { repeat: true })).toBeNull();
    expect(command('r', {}, { repeat: true })).toBeNull();
  });
});

describe('what never fires', () => {
  it.each(['j', 'a', 'r', 'c', '?', 'Enter'])('%s while typing', (key) => {
    expect(command(key, { typing: true })).toBeNull();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('a letter together with %s', (modifier) => {
    expect(command('a', {}, { [modifier]: true })).toBeNull();
  });

  it('anything under an open dialog, in a composition, or already handled', () => {
    expect(command('a', { covered: true })).toBeNull();
    expect(command('a', {}, { isComposing: true })).toBeNull();
    expect(command('a', {}, { defaultPrevented: true })).toBeNull();
  });

  it('a letter when shortcuts are switched off, while arrows and Escape go on working', () => {
    expect(command('a', { enabled: false })).toBeNull();
    expect(command('j', { enabled: false })).toBeNull();
    expect(command('ArrowDown', { enabled: false })).toBe('next');
    expect(command('Escape', { enabled: false, mode: 'confirming' })).toBe('cancel');
  });
});

describe('confirming', () => {
  it('takes a or Enter for an ordinary call', () => {
    expect(command('a', { mode: 'confirming' })).toBe('confirm');
    expect(command('Enter', { mode: 'confirming' })).toBe('confirm');
  });

  it('takes neither when the key is merely held down', () => {
    expect(command('a', { mode: 'confirming' }, { repeat: true })).toBeNull();
    expect(command('Enter', { mode: 'confirming' }, { repeat: true })).toBeNull();
  });

  it('takes only Shift + A for a dangerous call', () => {
    const mode = 'confirmingDeliberately';
    expect(command('a', { mode })).toBeNull();
    expect(command('Enter', { mode })).toBeNull();
    expect(command('A', { mode }, { shiftKey: true })).toBe('confirmDeliberate');
    expect(command('A', { mode })).toBeNull();
  });

  it('does not move the list under an open question', () => {
    expect(command('j', { mode: 'confirming' })).toBeNull();
    expect(command('ArrowDown', { mode: 'form' })).toBeNull();
  });

  it('is cancelled by Escape, also from inside a field', () => {
    expect(command('Escape', { mode: 'form', typing: true })).toBe('cancel');
    expect(command('Escape')).toBeNull();
  });
});

describe('keys of one’s own', () => {
  const own = { a: 'x', '?': 'h', h: 'v' };

  it('take the place of the keys the page comes with, in every mode', () => {
    expect(command('x', { own })).toBe('approve');
    expect(command('a', { own })).toBeNull();
    expect(command('x', { own, mode: 'confirming' })).toBe('confirm');
    expect(command('a', { own, mode: 'confirming' })).toBeNull();
    const shifted = { shiftKey: true };
    expect(command('X', { own, mode: 'confirmingDeliberately' }, shifted)).toBe(
      'confirmDeliberate',
    );
    expect(command('x', { own, mode: 'confirmingDeliberately' })).toBeNull();
  });

  it('ask no letter for Shift, even where the sign it replaces took it', () => {
    expect(command('h', { own })).toBe('help');
    expect(command('H', { own }, { shiftKey: true })).toBeNull();
    expect(command('?', { own }, { shiftKey: true })).toBeNull();
  });

  it('leave arrows, Enter and Escape alone', () => {
    expect(command('ArrowDown', { own })).toBe('next');
    expect(command('Enter', { own })).toBe('open');
    expect(command('Escape', { own, mode: 'form' })).toBe('cancel');
  });

  it('can be given to every command that has a letter or sign', () => {
    expect(COMMAND_KEYS.every((key) => command(key) !== null)).toBe(true);
    expect(keyOf('approve')).toBe('a');
    expect(keyOf('confirm')).toBeUndefined();
  });
});
