import { describe, expect, it } from 'vitest';
import type { Trust } from '@/lib/contracts';
import { changeText, coverageText, formatPoints, pointsText, trustSentence } from './score-text';

const layer = { score: 0.8, coverage: 0.5, freshAt: '2026-01-01T00:00:00.000Z', alarm: false };
const trust: Trust = {
  score: 0.7249,
  rung: 4,
  layers: {
    identity: layer,
    behavior: { ...layer, score: 0.31, alarm: true },
    context: layer,
    outcome: { score: 0, coverage: 0, freshAt: null, alarm: false },
  },
};

describe('coverageText', () => {
  it('shows a beginning as more than nothing', () => {
    expect(coverageText(0)).toBe('0 % covered by evidence');
    expect(coverageText(0.004)).toBe('under 1 % covered by evidence');
    expect(coverageText(0.42)).toBe('42 % covered by evidence');
  });
});

describe('formatPoints', () => {
  it('signs every change and counts one point as 0.01', () => {
    expect(formatPoints(0.031)).toBe('+3.1');
    expect(formatPoints(-0.45)).toBe('\u221245.0');
  });
  it('keeps small changes visible instead of rounding them to nothing', () => {
    expect(formatPoints(0.0004)).toBe('+0.04');
    expect(formatPoints(-0.00001)).toBe('\u22120.00');
    expect(formatPoints(0)).toBe('0.0');
  });
  it('names its unit in sentences', () => {
    expect(pointsText(-0.02)).toBe('\u22122.0 points');
    expect(pointsText(-0.00001)).toBe('down less than 0.01 points');
    expect(pointsText(0.00004)).toBe('up less than 0.01 points');
    expect(changeText(0.02)).toBe('+2.0 points over 7 days');
    expect(changeText(null)).toContain('no score from 7 days ago');
  });
});

describe('trustSentence', () => {
  it('says score, rung, alarm and what is unknown', () => {
    expect(trustSentence(trust)).toBe(
      'Score 0.72, rung 4 conditional auto-execution, identity 0.80, behavior 0.31 in alarm, context 0.80, outcome unknown',
    );
  });
  it('uses the names of the ladder in force', () => {
    expect(trustSentence(trust, [{ rung: 4, name: 'guarded' }])).toContain('rung 4 guarded');
  });
});
