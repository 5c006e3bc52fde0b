import { describe, expect, it } from 'vitest';
import { vigilanceBodySchema } from '@/lib/contracts';
import { draftOf, readDraft } from './settings-draft';

const defaults = vigilanceBodySchema.parse({});
const template = {
  tool: 'a.b',
  risk: 'high' as const,
  resource: { type: 't', id: '1' },
  arguments: { n: 1 },
  notice: 'The amount.',
};

describe('the settings as they are typed', () => {
  it('come back as they were, with and without limits and templates', () => {
    const settings = [
      defaults,
      { ...defaults, sampleRate: 0.0725, highRiskPerHour: 12, canaryTemplates: [template] },
    ];
    for (const one of settings) expect(readDraft(draftOf(one))).toEqual({ settings: one });
  });

  it('name what is wrong, field by field', () => {
    const draft = {
      ...draftOf(defaults),
      sampleRate: '101',
      samplesPerDay: '1.5',
      pauseAfterVerdicts: '',
      canaryTemplates: '{"tool": 1}',
    };
    expect(readDraft(draft)).toEqual({
      errors: {
        sampleRate: 'A number from 0 to 100.',
        samplesPerDay: 'A whole number.',
        pauseAfterVerdicts: 'A number from 0 to 1,000.',
        canaryTemplates: 'This is not a list in JSON.',
      },
    });
  });
});
