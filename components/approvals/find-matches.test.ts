import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentRows } from './argument-rows';
import { findValues, matchesOf } from './find-matches';
import { needsFind } from './needs-find';

describe('when there is something to search', () => {
  it('is more than fifty values, or one of more than two thousand characters', () => {
    const list = (length: number) => argumentRows({ ids: Array(length).fill(1) as number[] }, []);
    expect([needsFind(list(50)), needsFind(list(51))]).toEqual([false, true]);
    const text = (length: number) => argumentRows({ body: 'x'.repeat(length) }, []);
    expect([needsFind(text(2_000)), needsFind(text(2_001))]).toEqual([false, true]);
  });
});

describe('searching the arguments', () => {
  const body = `${'nothing here\n'.repeat(9_999)}pay XX12 now`;
  const rows = argumentRows({ to: ['ann@x.example', 'Bob@y.example'], iban: 1, body }, []);

  it('finds values by their text and by their name, whatever the case', () => {
    const labels = (words: string) => findValues(rows, words).map(({ row }) => row.label);
    expect(labels('bob@Y')).toEqual(['to[1]']);
    expect(labels('IBAN')).toEqual(['iban']);
    expect(labels('xx12')).toEqual(['body']);
    expect(labels('absent')).toEqual([]);
    expect(labels('  ')).toEqual([]);
  });

  it('shows the words with what is around them, and the line', () => {
    const [found] = findValues(rows, 'xx12');
    const [part] = found?.parts ?? [];
    expect(found?.places).toBe(1);
    const [match] = part?.matches ?? [];
    expect(part?.text.slice(match?.start, match?.end)).toBe('XX12');
    expect(part?.line).toBeGreaterThan(9_980);
    expect(part?.text.endsWith('pay XX12 now')).toBe(true);
  });

  it('counts the places it does not show', () => {
    const [found] = findValues(rows, 'nothing here');
    expect(found?.places).toBe(9_999);
    const shown = (found?.parts ?? []).reduce((sum, { matches }) => sum + matches.length, 0);
    expect(shown + (found?.more ?? 0)).toBe(9_999);
  });

  it('takes what is typed as words, never as a pattern', () => {
    expect(findValues(argumentRows({ a: 'a.b (c)* [d] \\e ^$ {2} /|+?-' }, []), '.')).toHaveLength(
      1,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (words, text) => {
        const found = matchesOf(`${text}${words}`, words);
        expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('finds places one after the other, each in the text of its part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ab', 'x', '😀', '\n', ' '), { maxLength: 400 }),
        (some) => {
          const text = some.join('');
          const [found] = findValues(argumentRows({ text }, []), 'AB');
          for (const { text: part, matches } of found?.parts ?? [])
            for (const { start, end } of matches) expect(part.slice(start, end)).toBe('ab');
        },
      ),
    );
  });
});
