import { describe, expect, it } from 'vitest';
import { EVIDENCE_PROTOCOLS, type EvidenceSource } from '@/lib/contracts';
import { afterRemoval, PROTOCOLS, sourceName, stateOf, weightText } from './source-words';

const source: EvidenceSource = {
  id: 's-1',
  protocol: 'otlp',
  name: 'agent-runtime',
  weight: 1,
  dailyCap: 100,
  takenToday: 99,
  refusedToday: 0,
  lastTakenAt: null,
  pausedAt: null,
  hasSecret: false,
  previousSecretUntil: null,
  createdBy: 'Ada',
  createdAt: '2026-11-01T00:00:00.000Z',
};
const rest: EvidenceSource = { ...source, id: 's-2', name: '*' };

describe('a source of evidence, in words', () => {
  it('is of one of the protocols the server knows', () => {
    expect([...PROTOCOLS].sort()).toEqual([...EVIDENCE_PROTOCOLS].sort());
  });

  it.each([
    [{}, 'open'],
    [{ takenToday: 100 }, 'full'],
    [{ dailyCap: 0, takenToday: 0 }, 'full'],
    [{ takenToday: 100, pausedAt: '2026-11-02T00:00:00.000Z' }, 'paused'],
  ] as const)('%j is %s', (change, state) => {
    expect(stateOf({ ...source, ...change })).toBe(state);
  });

  it('weighs in full or by a share', () => {
    expect(weightText(1)).toBe('100 %, in full');
    expect(weightText(0.25)).toBe('25 %');
    expect(sourceName(rest)).toBe('All other sources');
  });

  it('says what its removal leads to, which is not the same for all', () => {
    expect(afterRemoval(source, [source])).toContain('nothing limits it');
    expect(afterRemoval(source, [source, rest])).toContain('all other sources');
    expect(afterRemoval(rest, [source, rest])).toContain('nothing limits it');
    expect(afterRemoval({ ...source, protocol: 'ci' }, [source, rest])).toContain('refused');
    expect(afterRemoval(source, [source, { ...rest, protocol: 'opa' }])).toContain(
      'nothing limits',
    );
  });
});
