import { describe, expect, it } from 'vitest';
import { formatEvidence, formatScore, formatThreshold } from './sentences';

describe('a score', () => {
  it('never shows a threshold it has not reached', () => {
    expect(formatScore(0.69999)).toBe('0.69');
    expect(formatScore(0.7)).toBe('0.70');
  });
  it('is not thrown off by binary fractions', () => {
    expect(formatScore(0.29)).toBe('0.29');
    expect(formatScore(0.57)).toBe('0.57');
    expect(formatScore(1)).toBe('1.00');
    expect(formatScore(0.712, 3)).toBe('0.712');
  });
});

describe('a threshold', () => {
  it('reads as it was set', () => {
    expect(formatThreshold(0.5)).toBe('0.50');
    expect(formatThreshold(0.3 + 0.02)).toBe('0.32');
    expect(formatThreshold(0.505 + 0.02)).toBe('0.525');
    expect(formatThreshold(1)).toBe('1.00');
  });
});

describe('evidence', () => {
  it('shows a beginning as more than nothing, and never an action too many', () => {
    expect(formatEvidence(0)).toBe('0');
    expect(formatEvidence(0.04)).toBe('less than 0.1');
    expect(formatEvidence(0.39)).toBe('0.3');
    expect(formatEvidence(0.99)).toBe('0.9');
    expect(formatEvidence(19.99)).toBe('19');
  });
});
