import { describe, expect, it } from 'vitest';
import { outsideFlag, provenanceWarning } from './provenance-words';

const entry = (path: string, origin: 'request' | 'third_party', value = 'v') => ({
  path,
  value,
  origin,
});

describe('the warning about arguments from outside', () => {
  it('is absent when everything was asked for', () => {
    expect(provenanceWarning([entry('/to', 'request')])).toBeNull();
  });

  it('names the arguments with their values', () => {
    expect(
      provenanceWarning([
        entry('/amount', 'third_party', '12400'),
        entry('/to/0', 'third_party', 'DE89'),
      ]),
    ).toBe('amount (12400) and to.0 (DE89) stand only in text the agent read, not in the request.');
    expect(provenanceWarning([entry('/amount', 'third_party', '1')])).toContain(
      'amount (1) stands',
    );
  });

  it('says how many more there are, and keeps values that hold a comma whole', () => {
    const many = ['/a', '/b', '/c', '/d'].map((path) => entry(path, 'third_party', 'x,y'));
    expect(provenanceWarning(many)).toContain('a (x,y), b (x,y), c (x,y) and 1 more stand');
  });
});

describe('the flag in the list', () => {
  it('is raised by the reasons, injection before mere outside values', () => {
    expect(outsideFlag([{ code: 'ladder.rung_3_needs_approval' }])).toBeNull();
    expect(outsideFlag([{ code: 'guardrail.third_party_argument' }])).toBe('value from outside');
    expect(
      outsideFlag([
        { code: 'guardrail.third_party_argument' },
        { code: 'guardrail.suspected_injection' },
      ]),
    ).toBe('may follow injected text');
  });
});
