import { describe, expect, it } from 'vitest';
import { jsonBytes, jsonLines } from './json-lines';

const rules = { maxDepth: 12, maxMembers: 60, chosen: new Map<string, boolean>() };

describe('jsonLines', () => {
  it('writes the same text as JSON.stringify when nothing is folded', () => {
    const value = { to: ['a@b.c', 2, null], empty: {}, flag: true };
    const text = jsonLines(value, rules)
      .map((line) => {
        const name = line.name === undefined ? '' : `${JSON.stringify(line.name)}: `;
        const body = line.isString ? JSON.stringify(line.text) : line.text;
        return '  '.repeat(line.depth) + name + body + (line.comma ? ',' : '');
      })
      .join('\n');
    expect(text).toBe(JSON.stringify(value, null, 2));
  });

  it('gives every value its JSON Pointer', () => {
    const paths = jsonLines({ 'a/b': { c: 1 } }, rules).map((line) => line.path);
    expect(paths).toEqual(['', '/a~1b', '/a~1b/c', '/a~1b', '']);
  });

  it('folds a long list and says how many items and bytes it holds', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => index);
    const fold = jsonLines({ rows }, rules).find((line) => line.kind === 'fold');
    expect(fold?.fold).toEqual({
      members: 10_000,
      bytes: JSON.stringify(rows).length,
      shape: 'array',
    });
  });

  it('survives a depth of 100,000', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    expect(jsonLines(value, rules).at(-1)?.text).toBe(']');
    expect(jsonBytes(value)).toBe(200_001);
  });
});
