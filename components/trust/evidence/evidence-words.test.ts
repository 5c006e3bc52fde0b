import { describe, expect, it } from 'vitest';
import {
  argumentName,
  callPath,
  fallOf,
  isReading,
  momentPath,
  timeBefore,
  weightText,
} from './evidence-words';

const point = (score: number, rung: number) => ({ at: '2026-05-04T10:00:00.000Z', score, rung });

describe('a moment in words', () => {
  it('names an argument as it is written in a call', () => {
    expect(argumentName('/recipients/0/e-mail')).toBe('recipients.0.e-mail');
    expect(argumentName('/a~1b')).toBe('a/b');
  });

  it('has an address that opens chart and trail at it', () => {
    const moment = { id: 'm-1', at: '2026-05-04T10:00:00.000Z' };
    expect(momentPath('acme', 'a-1', moment)).toBe(
      '/acme/agents/a-1?at=2026-05-04T10%3A00%3A00.000Z&moment=m-1',
    );
  });

  it('keeps what an agent called its session out of the rest of an address', () => {
    expect(callPath('acme', 'a-1', { sessionId: 'x&tab=pact#y', decisionId: 'd-1' })).toBe(
      '/acme/agents/a-1?session=x%26tab%3Dpact%23y&decision=d-1',
    );
  });

  it('says how far the score fell, when there is something to compare with', () => {
    expect(fallOf({ before: point(0.8, 4), after: point(0.5, 2) })).toBeCloseTo(-0.3);
    expect(fallOf({ before: null, after: point(0.5, 2) })).toBeNull();
  });

  it('tells a reading from a call that followed it', () => {
    const read = {
      id: 'd-1',
      tool: 'mail.read',
      at: null,
      characters: 0,
      truncated: false,
      wordsOnly: true,
      extracts: [],
      skippedAfter: 0,
    };
    const call = (decisionId: string) => ({
      decisionId,
      tool: 'mail.read',
      resource: { type: 'message', id: '1' },
      outcome: 'allow' as const,
      sessionId: 's',
      approvalId: null,
    });
    expect(isReading({ call: call('d-1'), reads: [read] })).toBe(true);
    expect(isReading({ call: call('d-2'), reads: [read] })).toBe(false);
    expect(isReading({ call: null, reads: [read] })).toBe(false);
  });

  it('says how long before the moment a text was read', () => {
    expect(timeBefore('2026-05-04T10:00:00.000Z', '2026-05-04T10:02:10.000Z')).toBe('2 min before');
    expect(timeBefore('2026-05-04T10:00:00.000Z', '2026-05-04T10:00:00.400Z')).toBe('just before');
  });

  it('gives a weight its unit', () => {
    expect(weightText(200)).toBe('weighs as much as 200 approved actions');
    expect(weightText(1)).toBe('weighs as much as 1 approved action');
  });
});
