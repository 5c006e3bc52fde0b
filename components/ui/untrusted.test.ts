import { describe, expect, it } from 'vitest';
import { UNSEEN_CHARACTERS } from '@/lib/contracts';
import { revealUntrusted } from './untrusted';

const kinds = (text: string) => revealUntrusted(text).map((segment) => segment.kind);

describe('revealUntrusted', () => {
  it('loses nothing: the segments joined are the input', () => {
    const text =
      'a\u202Eb\u200b\u200bc \u{E0069}\u{E0067} 👩‍👩‍👧 é z\u0300\u0301\u0302\u0303\u0304\u0305 pаypal';
    expect(
      revealUntrusted(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  });

  it.each([
    0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x200b, 0x200e, 0x2028, 0x2060,
    0x2800, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xe0041, 0xe0100, 0xe01ef, 0xe000, 0x7f,
  ])('marks what grants and messages refuse or name too: %i', (code) => {
    const unseen = String.fromCodePoint(code);
    expect(new RegExp(`[${UNSEEN_CHARACTERS}]`, 'u').test(unseen)).toBe(true);
    expect(kinds(`a${unseen}b`)).toHaveLength(3);
  });

  it('names a direction override and its code point', () => {
    expect(revealUntrusted('pay\u202Etxt')[1]).toEqual({
      kind: 'bidi',
      text: '\u202E',
      label: 'right-to-left override U+202E',
    });
  });

  it('counts a run of the same invisible character once', () => {
    expect(revealUntrusted('a\u200b\u200b\u200bb')[1]).toMatchObject({
      label: 'zero width space U+200B ×3',
    });
  });

  it('spells out text hidden in tag characters', () => {
    const hidden = Array.from('rm -rf', (char) =>
      String.fromCodePoint(char.charCodeAt(0) + 0xe0000),
    ).join('');
    expect(revealUntrusted(`ok${hidden}`)[1]).toMatchObject({
      kind: 'hidden-text',
      label: 'hidden text: rm -rf',
    });
  });

  it('leaves emoji, line breaks and accents alone', () => {
    expect(kinds('👩‍👩‍👧 ❤️ 1️⃣\nrésumé\tÄ')).toEqual(['text']);
  });

  it('marks a word that mixes Latin with Cyrillic, not a word in one alphabet', () => {
    expect(kinds('pаypal.com')).toEqual(['mixed-script']);
    expect(kinds('Привет мир')).toEqual(['text']);
    expect(kinds('Привет. Hello.')).toEqual(['text']);
  });

  it('marks an address with a whole label of another alphabet', () => {
    expect(kinds('аррӏе.com')).toEqual(['mixed-script']);
    expect(kinds('pay@ехамрӏе.org')).toEqual(['mixed-script']);
    expect(kinds('почта.рф')).toEqual(['text']);
  });

  it('marks letters that only have the shape of Latin ones, and says how they read', () => {
    expect(revealUntrusted('to 𝗽𝗮𝘆 ｂａｎｋ')).toMatchObject([
      { kind: 'text', text: 'to ' },
      { kind: 'mixed-script', label: '𝗽𝗮𝘆: unusual letters that read “pay”' },
      { kind: 'text', text: ' ' },
      { kind: 'mixed-script', label: 'ｂａｎｋ: unusual letters that read “bank”' },
    ]);
  });

  it('marks a flood of combining marks', () => {
    expect(kinds(`z${'\u0301'.repeat(40)}`)).toContain('combining');
  });

  it('marks controls but not tab and newline', () => {
    expect(kinds('a\u0007b\u001bc')).toEqual(['text', 'control', 'text', 'control', 'text']);
  });
});
