import { describe, expect, it } from 'vitest';
import type { BaseAnswer } from '../facts';
import { baseLimit } from './narrowing';

const denied: BaseAnswer = {
  version: 2,
  outcome: 'deny',
  reasons: [{ code: 'base_policy.deny', text: 'No.' }],
};

describe('the answer of a decision point', () => {
  it('counts when it was given under the setting in force', () => {
    expect(baseLimit({ kind: 'opa', version: 2 }, denied)).toBe(denied);
    const allowed = { ...denied, outcome: 'allow' as const, reasons: [] };
    expect(baseLimit({ kind: 'opa', version: 2 }, allowed)).toBe(allowed);
  });

  it('is a deny when there is none, or one of another version', () => {
    const stale = { outcome: 'deny', reasons: [{ code: 'base_policy.stale' }] };
    const allowed = { ...denied, outcome: 'allow' as const };
    expect(baseLimit({ kind: 'opa', version: 3 }, undefined)).toMatchObject(stale);
    expect(baseLimit({ kind: 'authzen', version: 3 }, allowed)).toMatchObject(stale);
  });

  it('is nothing where nobody is asked; an earlier answer still narrows', () => {
    expect(baseLimit({ kind: 'none', version: 0 }, undefined)).toBeUndefined();
    expect(baseLimit({ kind: 'none', version: 3 }, denied)).toBe(denied);
  });
});
