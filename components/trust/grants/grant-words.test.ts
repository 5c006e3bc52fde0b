import { describe, expect, it } from 'vitest';
import { placeName, reachText, valueText } from './grant-words';

describe('places and reaches in words', () => {
  it.each([
    ['/arguments/amount', 'amount'],
    ['/arguments/order/lines/0', 'order.lines.0'],
    ['/arguments/a~1b', '"a/b"'],
    ['/arguments/resource id', '"resource id"'],
    ['/arguments/order.id', '"order.id"'],
    ['/arguments/order: any text', '"order: any text"'],
    ['/arguments/', '""'],
    ['/resource/properties/a b', 'resource properties "a b"'],
    ['/resource/id', 'resource id'],
    ['/resource/properties/region', 'resource properties region'],
    ['/arguments', 'arguments'],
  ])('%s is %s', (path, name) => expect(placeName(path)).toBe(name));

  it('say how far a value may go', () => {
    expect(reachText({ kind: 'number', from: 0, to: 120 })).toBe('any number from 0 to 120');
    expect(reachText({ kind: 'text', longest: 100, lines: false })).toBe(
      'any text on one line, at most 100 characters',
    );
  });

  it('write a value on one line', () => {
    expect(valueText('a')).toBe('a');
    expect(valueText([])).toBe('[]');
    expect(valueText(null)).toBe('null');
  });
});
