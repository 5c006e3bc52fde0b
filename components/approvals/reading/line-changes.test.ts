import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChanges, patchLines } from './line-changes';
import { lineRuns } from './line-runs';

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', '', 'd '), { maxLength: 40 })
  .map((lines) => lines.join('\n'));
const without = (change: string, lines: ReturnType<typeof lineChanges>) =>
  lines.filter((line) => line.change !== change).map(({ text }) => text);

describe('changes line by line', () => {
  it('say what stays, goes and comes', () => {
    expect(
      lineChanges('a\nb\nc', 'a\nx\nc').map(({ change, text }) => `${change} ${text}`),
    ).toEqual(['same a', 'removed b', 'added x', 'same c']);
  });

  it('hold both texts to the last character', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = lineChanges(before, after);
        expect(without('added', lines).join('\n')).toBe(before);
        expect(without('removed', lines).join('\n')).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('hold both texts also when they are too long to compare', () => {
    const many = (word: string) => Array.from({ length: 900 }, (_, line) => `${word} ${line}`);
    const lines = lineChanges(many('old').join('\n'), many('new').join('\n'));
    expect(without('added', lines)).toEqual(many('old'));
    expect(without('removed', lines)).toEqual(many('new'));
  });

  it('read a patch by the signs it carries, and keep them', () => {
    const patch = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same';
    const lines = patchLines(patch);
    expect(lines.map(({ change }) => change)).toEqual([
      'place',
      'place',
      'place',
      'removed',
      'added',
      'same',
    ]);
    expect(lines.map(({ text }) => text).join('\n')).toBe(patch);
  });
});

describe('runs of lines', () => {
  it('hold every line once, in order', () => {
    const change = fc.constantFrom('same' as const, 'added' as const, 'removed' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.integer({ min: 1, max: 90 }))), (blocks) => {
        const lines = blocks.flatMap(([kind, count]) =>
          Array.from({ length: count }, (_, line) => ({ change: kind, text: `${line}` })),
        );
        expect(lineRuns(lines).flatMap((run) => run.lines)).toEqual(lines);
      }),
    );
  });

  it('fold what does not change, but for three lines around a change', () => {
    const same = Array.from({ length: 20 }, (_, line) => ({
      change: 'same' as const,
      text: `${line}`,
    }));
    const runs = lineRuns([...same, { change: 'added', text: 'new' }]);
    expect(runs.map(({ lines, folded }) => [lines.length, folded])).toEqual([
      [17, true],
      [3, false],
      [1, false],
    ]);
  });
});
