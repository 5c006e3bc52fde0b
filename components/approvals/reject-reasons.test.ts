import { describe, expect, it } from 'vitest';
import { REJECT_REASONS } from '@/lib/contracts';
import { REASON_CHOICES, reasonForDigit, reasonLabel } from './reject-reasons';

describe('reasons to reject', () => {
  it('offers every reason of the contract exactly once', () => {
    expect(REASON_CHOICES.map((choice) => choice.reason).toSorted()).toEqual(
      [...REJECT_REASONS].toSorted(),
    );
  });

  it('is chosen by the digits 1 to 8 and by nothing else', () => {
    expect(reasonForDigit('1')).toBe('wrong_target');
    expect(reasonForDigit('8')).toBe('other');
    for (const key of ['0', '9', 'a', '12', '']) expect(reasonForDigit(key)).toBeNull();
  });

  it('is named in plain words', () => {
    expect(reasonLabel('injection')).toBe('Follows injected text');
  });
});
