import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingOf } from './record-finding';
import { readVerdict } from './verdict';

const asked = { id: 'r-1', text: 'Twenty characters...' };
const read = (answer: unknown) => readVerdict(answer, asked);

describe('the answer of a detector', () => {
  it('is a probability, perhaps with labels and places', () => {
    const answer = { id: 'r-1', probability: 0.97, labels: ['injection'] };
    expect(read({ ...answer, spans: [{ start: 0, end: 6, why: 'x' }] })).toEqual({
      probability: 0.97,
      labels: ['injection'],
      spans: [{ start: 0, end: 6 }],
    });
    expect(read({ probability: 0 })).toEqual({ probability: 0, labels: [], spans: [] });
  });

  it.each([
    [null],
    ['hostile'],
    [[0.9]],
    [{}],
    [{ probability: null }],
    [{ probability: '0.9' }],
    [{ probability: NaN }],
    [{ probability: Infinity }],
    [{ probability: -0.1 }],
    [{ probability: 1.01 }],
    [{ probability: 0.9, id: 'another text' }],
    [{ score: 0.9 }],
  ])('is none when it is %j', (answer) => {
    expect(read(answer)).toBeUndefined();
  });

  it('loses labels and places that make no sense, and keeps its probability', () => {
    const spans = [
      { start: -1, end: 2 },
      { start: 5, end: 5 },
      { start: 0, end: 21 },
      { start: 0.5, end: 3 },
      { start: '0', end: 3 },
      'here',
    ];
    expect(read({ probability: 0.9, labels: [7, '', '<b>', 'x'.repeat(65)], spans })).toEqual({
      probability: 0.9,
      labels: [],
      spans: [],
    });
    const many = read({ probability: 0.9, labels: Array(99).fill('a'), spans: 'none' });
    expect(many?.labels).toHaveLength(8);
  });

  it('cannot say anything good: whatever arrives is hostile, suspected, nothing, or no answer', () => {
    fc.assert(
      fc.property(fc.json(), fc.double(), (text, probability) => {
        const answer: unknown = JSON.parse(text);
        const other = typeof answer === 'object' ? answer : {};
        for (const one of [answer, { ...other, probability, weight: -5, safe: true }]) {
          const verdict = read(one);
          if (verdict === undefined) continue;
          expect(Object.keys(verdict).sort()).toEqual(['labels', 'probability', 'spans']);
          expect(verdict.probability).toBeGreaterThanOrEqual(0);
          expect(verdict.probability).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 2026 },
    );
  });
});

describe('what is found', () => {
  const found = (probability: number, threshold = 0.8) =>
    findingOf({ probability, labels: [], spans: [] }, threshold);

  it('is hostile from the threshold on, and suspected when the detector leans that way', () => {
    expect([0, 0.49, 0.5, 0.79, 0.8, 1].map((share) => found(share))).toEqual([
      'nothing',
      'nothing',
      'suspected',
      'suspected',
      'hostile',
      'hostile',
    ]);
    expect(found(0.5, 0.5)).toBe('hostile');
  });
});
