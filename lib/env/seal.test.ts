import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeEnvironment } from './index';
import { seal, unseal } from './seal';

beforeAll(() => changeEnvironment({ BELAY_SECRET: 'a secret of this test, long enough for it' }));
afterAll(() => changeEnvironment({ BELAY_SECRET: '' }));

describe('a sealed text', () => {
  it('opens for its purpose and what it belongs to', () => {
    const sealed = seal('base-policy', 'wörd', 'workspace:1');
    expect(sealed.includes('wörd')).toBe(false);
    expect(unseal('base-policy', sealed, 'workspace:1')).toBe('wörd');
  });

  it.each([
    ['another purpose', 'token-signing', 'workspace:1'],
    ['another owner', 'base-policy', 'workspace:2'],
  ] as const)('does not open for %s', (_name, purpose, about) => {
    const sealed = seal('base-policy', 'word', 'workspace:1');
    expect(() => unseal(purpose, sealed, about)).toThrow();
  });

  it('does not open once a bit of it was changed', () => {
    const sealed = seal('base-policy', 'word', 'workspace:1');
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => unseal('base-policy', sealed, 'workspace:1')).toThrow();
  });
});
