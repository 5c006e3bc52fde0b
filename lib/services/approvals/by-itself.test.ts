import { describe, expect, it } from 'vitest';
import { readByItself } from './by-itself';

const call = (changes: Partial<Parameters<typeof readByItself>[0]> = {}) =>
  readByItself({ reasons: [], provenance: null, risk: 'medium', ...changes });

describe('a call that is read by itself', () => {
  it('is not one of medium risk that nothing has touched', () => {
    expect(call()).toBeUndefined();
    expect(
      call({ provenance: { arguments: [], thirdPartyOnly: false, injection: 'none' } }),
    ).toBeUndefined();
  });

  it.each([
    ['of high risk', { risk: 'high' as const }],
    ['stopped by a guardrail', { reasons: [{ code: 'guardrail.x', text: 'Because.' }] }],
    ['with values from outside', { provenance: { thirdPartyOnly: true, injection: 'none' } }],
    ['with words like orders', { provenance: { thirdPartyOnly: false, injection: 'likely' } }],
    ['whose origins say nothing', { provenance: {} }],
    ['whose origins are of another shape', { provenance: { thirdPartyOnly: 'no', injection: 0 } }],
    ['whose origins are none', { provenance: 'none' }],
  ])('is one %s', (_what, changes) => expect(call(changes)).toMatch(/by itself/));
});
