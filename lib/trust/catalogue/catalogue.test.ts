import { describe, expect, it } from 'vitest';
import {
  REJECTION_REASONS,
  defaultTrustConfig,
  isSignalKind,
  rejectionSignals,
  validateConfig,
} from '../index';
import { SIGNAL_CATALOGUE } from './index';

describe('the signal catalogue', () => {
  it('is valid together with the default configuration', () => {
    expect(validateConfig(defaultTrustConfig)).toEqual([]);
  });

  it('maps every typed rejection to kinds that exist, the outcome first', () => {
    for (const reason of REJECTION_REASONS) {
      const kinds = rejectionSignals(reason);
      expect(kinds[0]).toBe(`outcome.rejected.${reason}`);
      expect(kinds.every(isSignalKind)).toBe(true);
    }
  });

  it('lets no single review shock, because one bad review never costs a rung', () => {
    for (const reason of REJECTION_REASONS)
      for (const kind of rejectionSignals(reason))
        expect(SIGNAL_CATALOGUE[kind]).not.toHaveProperty('shock');
  });

  it('caps what somebody without the key can do to an agent', () => {
    expect(SIGNAL_CATALOGUE['identity.bad_signature']).toMatchObject({ capped: true });
    expect(SIGNAL_CATALOGUE['identity.auth_failed']).toMatchObject({ capped: true });
  });

  it('knows nothing that only an object would know', () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(isSignalKind(name)).toBe(false);
  });
});

describe('validateConfig', () => {
  it('names a layer that would forget bad evidence sooner than good', () => {
    const quick = { ...SIGNAL_CATALOGUE['context.unusual_hour']!, halfLife: 'short' as const };
    const config = {
      ...defaultTrustConfig,
      kinds: { ...SIGNAL_CATALOGUE, 'context.unusual_hour': quick },
    };
    expect(validateConfig(config)).toEqual([
      'The context layer forgets negative evidence sooner than positive evidence.',
    ]);
  });

  it('names negative and non-finite weights', () => {
    for (const weight of [-1, NaN, Infinity]) {
      const kind = { ...SIGNAL_CATALOGUE['outcome.approved']!, weight };
      const config = {
        ...defaultTrustConfig,
        kinds: { ...SIGNAL_CATALOGUE, 'outcome.approved': kind },
      };
      expect(validateConfig(config)).toEqual([
        'outcome.approved: the weight is a number, 0 or more.',
      ]);
    }
  });
});
