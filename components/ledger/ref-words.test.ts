import { describe, expect, it } from 'vitest';
import { refWords } from './ref-words';

const id = '018f6b2e-3c4d-7000-8000-0123456789ab';

describe('a reference of the ledger', () => {
  it('has a name, a short id and a place', () => {
    expect(refWords(`agent:${id}`, { [`agent:${id}`]: 'Refund agent' })).toEqual({
      name: 'Refund agent',
      short: 'agent:…6789ab',
      path: `agents/${id}`,
    });
    expect(refWords(`key:${id}`, {})).toMatchObject({ name: undefined, path: 'settings?tab=keys' });
  });

  it('stays as it is written where it holds no id', () => {
    for (const ref of ['belay', 'cli', 'tool:orders.read', 'agent:../settings', 'ladder:2'])
      expect(refWords(ref, {})).toEqual({ name: undefined, short: ref, path: undefined });
  });
});
