import { describe, expect, it } from 'vitest';
import { admit, CLOSED, FAILURES_TO_OPEN, OPEN_MS, settle, type Breaker } from './breaker';

const NOW = 1_000_000;
const failed = (breaker: Breaker, now = NOW) => settle(breaker, 'through', false, now);
const open = Array.from({ length: FAILURES_TO_OPEN }).reduce<Breaker>((b) => failed(b), CLOSED);

describe('the circuit of a decision point', () => {
  it('stays closed while failures are not in a row', () => {
    let breaker: Breaker = CLOSED;
    for (let round = 0; round < 20; round += 1) {
      for (let n = 1; n < FAILURES_TO_OPEN; n += 1) breaker = failed(breaker);
      breaker = settle(breaker, 'through', true, NOW);
    }
    expect(admit(breaker, NOW).pass).toBe('through');
  });

  it('opens after failures in a row, and lets nothing through for a while', () => {
    expect(admit(open, NOW).pass).toBe('refused');
    expect(admit(open, NOW + OPEN_MS - 1).pass).toBe('refused');
  });

  it('lets one question through after that, and no second one beside it', () => {
    const first = admit(open, NOW + OPEN_MS);
    expect(first.pass).toBe('probe');
    expect(admit(first.breaker, NOW + OPEN_MS + 60_000).pass).toBe('refused');
  });

  it('closes when that one is answered', () => {
    const { breaker } = admit(open, NOW + OPEN_MS);
    expect(settle(breaker, 'probe', true, NOW + OPEN_MS)).toEqual(CLOSED);
  });

  it('opens for as long again when it is not', () => {
    const { breaker } = admit(open, NOW + OPEN_MS);
    const again = settle(breaker, 'probe', false, NOW + OPEN_MS + 500);
    expect(admit(again, NOW + OPEN_MS * 2).pass).toBe('refused');
    expect(admit(again, NOW + OPEN_MS * 2 + 500).pass).toBe('probe');
  });

  it('is not held open by questions that were under way when it opened', () => {
    const late = failed(open, NOW + OPEN_MS - 1);
    expect(admit(late, NOW + OPEN_MS).pass).toBe('probe');
  });
});
