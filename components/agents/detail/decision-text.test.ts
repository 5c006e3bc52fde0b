import { describe, expect, it } from 'vitest';
import { OUTCOMES, pactSchema } from '@/lib/contracts';
import {
  budgetText,
  commitmentText,
  fateText,
  fateTone,
  hoursText,
  OPEN_CLAUSES,
  OUTCOME_CHOICES,
} from './decision-text';

describe('decisions in words', () => {
  it('offers every outcome of the contract as a filter', () => {
    expect(OUTCOME_CHOICES.map((choice) => choice.value)).toEqual(['all', ...OUTCOMES]);
  });
  it('says what became of a call, and how it ended when it ran', () => {
    expect(fateText({ outcome: 'allow', state: 'final', executionStatus: 'succeeded' })).toBe(
      'allowed, succeeded',
    );
    expect(fateText({ outcome: 'require_approval', state: 'expired', executionStatus: null })).toBe(
      'expired undecided',
    );
  });
  it('keeps green and red for the verdicts of people', () => {
    expect(fateTone({ outcome: 'deny', state: 'final', executionStatus: null })).toBe('neutral');
    expect(
      fateTone({ outcome: 'require_approval', state: 'rejected', executionStatus: null }),
    ).toBe('rejected');
  });
});

describe('pacts in words', () => {
  it('promises no limit for the clauses a pact may leave out, as the decision point knows none', () => {
    expect(OPEN_CLAUSES).toEqual({
      tools: 'Any tool of the catalogue',
      resources: 'Any resource',
      dataClasses: 'Any class',
    });
    expect(Object.keys(pactSchema.shape)).toEqual(
      expect.arrayContaining(Object.keys(OPEN_CLAUSES)),
    );
  });
  it('names hours in UTC and says when there is no limit', () => {
    expect(hoursText(undefined)).toBe('Any hour');
    expect(hoursText({ from: 8, to: 18 })).toBe('08:00 to 18:00 UTC, every day');
    expect(hoursText({ from: 0, to: 24, days: [1, 5] })).toBe('00:00 to 24:00 UTC, Monday, Friday');
  });
  it('reads budgets and commitments as sentences', () => {
    expect(budgetText({ tool: 'crm.update', maxActions: 1_000, perSeconds: 3_600 })).toBe(
      'At most 1,000 calls of crm.update an hour',
    );
    expect(budgetText({ maxActions: 5, perSeconds: 90 })).toBe('At most 5 calls in 90 seconds');
    expect(commitmentText({ name: 'a', measure: 'accuracy', atLeast: 0.95, overDays: 30 })).toBe(
      'accuracy at least 0.95 over 30 days',
    );
  });
});
