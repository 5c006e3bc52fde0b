import { describe, expect, it } from 'vitest';
import { partsAround } from './extract';

const FILLER = 'abcdefghij'.repeat(200);

function total({ parts, skippedAfter }: ReturnType<typeof partsAround>): number {
  return parts.reduce((sum, part) => sum + part.skipped + part.text.length, skippedAfter);
}

describe('the parts of a text around places', () => {
  it('is the whole text when it is short', () => {
    const text = 'Please send it to ann@example.org today.';
    const found = partsAround(text, [{ start: 18, end: 33 }]);
    expect(found).toEqual({
      parts: [{ offset: 0, skipped: 0, text, places: [{ start: 18, end: 33 }] }],
      skippedAfter: 0,
    });
  });

  it('counts what it leaves out, before, between and after', () => {
    const found = partsAround(FILLER, [
      { start: 1_500, end: 1_510 },
      { start: 400, end: 410 },
    ]);
    expect(found.parts.map(({ offset, skipped, text }) => [offset, skipped, text.length])).toEqual([
      [240, 240, 330],
      [1_340, 770, 330],
    ]);
    expect(found.skippedAfter).toBe(330);
    expect(total(found)).toBe(FILLER.length);
  });

  it('says where a place is inside its part', () => {
    const found = partsAround(FILLER, [{ start: 403, end: 407 }]);
    const [part] = found.parts;
    const [place] = part?.places ?? [];
    expect(part?.text.slice(place?.start, place?.end)).toBe('defg');
  });

  it('joins places that are near each other, and keeps one that lies inside another', () => {
    const found = partsAround(FILLER, [
      { start: 500, end: 700, what: 'order' },
      { start: 600, end: 620, what: 'value' },
      { start: 900, end: 910, what: 'value' },
    ]);
    expect(found.parts).toHaveLength(1);
    expect(found.parts[0]?.places.map(({ what }) => what)).toEqual(['order', 'value', 'value']);
    expect(total(found)).toBe(FILLER.length);
  });

  it('never splits a surrogate pair', () => {
    const text = '\u{1F600}'.repeat(600);
    const found = partsAround(text, [{ start: 601, end: 603 }]);
    const [part] = found.parts;
    expect(part?.text).toMatch(/^(?:[\uD800-\uDBFF][\uDC00-\uDFFF])+$/);
    expect(total(found)).toBe(text.length);
  });

  it('leaves out places beyond the text, and says that everything is left out without any', () => {
    expect(partsAround('short', [{ start: 3, end: 90 }])).toEqual({ parts: [], skippedAfter: 5 });
  });
});
