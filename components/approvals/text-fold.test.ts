import { describe, expect, it } from 'vitest';
import { foldText } from './text-fold';

const whole = (text: string) => {
  const { head, folded, tail } = foldText(text);
  return head + (folded?.text ?? '') + tail;
};

describe('folding of a long value', () => {
  it('shows short values whole', () => {
    expect(foldText('short').folded).toBeNull();
  });

  it('keeps the end in sight, where the dangerous part of a command stands', () => {
    const text = `${'echo ok\n'.repeat(10_000)}rm -rf /`;
    expect(foldText(text).tail.endsWith('rm -rf /')).toBe(true);
  });

  it.each([
    'x'.repeat(5_000),
    'line\n'.repeat(500),
    '\n'.repeat(40),
    '😀'.repeat(2_000),
    `${'a'.repeat(2_000)}\n`,
  ])('loses no character', (text) => {
    expect(whole(text)).toBe(text);
  });

  it('never splits a character', () => {
    const { head, tail } = foldText(`a${'😀'.repeat(2_000)}`);
    expect(() => encodeURIComponent(head)).not.toThrow();
    expect(() => encodeURIComponent(tail)).not.toThrow();
  });

  it('cuts no family, flag variant or skin tone in two', () => {
    const family = '👩‍👩‍👧‍👦';
    const { head, folded, tail } = foldText(`a${`${family}👍🏽❤️`.repeat(400)}`);
    for (const part of [head.slice(1), folded?.text ?? '', tail])
      expect(part.replaceAll(family, '').replaceAll('👍🏽', '').replaceAll('❤️', '')).toBe('');
  });

  it('counts characters and lines of what is folded', () => {
    const { folded } = foldText('line\n'.repeat(100));
    expect(folded?.lines).toBeGreaterThan(80);
    expect(folded?.characters).toBe(folded?.text.length);
  });
});
