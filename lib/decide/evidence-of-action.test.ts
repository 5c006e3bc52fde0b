import { describe, expect, it } from 'vitest';
import { SIGNAL_CATALOGUE } from '@/lib/trust';
import { evidenceOf } from './evidence-of-action';
import type { ToolFacts } from './facts';
import { NO_ORIGINS } from './origins';

const tool: ToolFacts = {
  name: 'write_note',
  sideEffect: 'write',
  reversible: true,
  egress: false,
  dataClass: 'internal',
  untrustedOutput: true,
  risk: 'low',
  tags: [],
  known: true,
};
const nothing = NO_ORIGINS;
const kindsOf = (changes: Partial<Parameters<typeof evidenceOf>[0]>) =>
  evidenceOf({ tool, breaches: [], observed: [], origins: nothing, ...changes }).map(
    ({ kind }) => kind,
  );

describe('the evidence an action gives', () => {
  it('is one quiet positive in each layer that it can speak for, when nothing is wrong', () => {
    expect(kindsOf({})).toEqual([
      'identity.authenticated',
      'behavior.in_pattern',
      'context.in_scope',
    ]);
  });

  it('has no positive in a layer where something was wrong', () => {
    expect(kindsOf({ observed: [{ kind: 'behavior.new_tool' }] })).not.toContain(
      'behavior.in_pattern',
    );
    expect(kindsOf({ origins: { ...nothing, thirdPartyOnly: true } })).not.toContain(
      'context.in_scope',
    );
  });

  it('weighs a read a tenth of an action with an effect', () => {
    const read = evidenceOf({
      tool: { ...tool, sideEffect: 'none' },
      breaches: [],
      observed: [],
      origins: nothing,
    });
    expect(read.map(({ magnitude }) => magnitude)).toEqual([0.1, 0.1, 0.1]);
  });

  it('uses only kinds of the catalogue', () => {
    const emitted = [
      ...kindsOf({
        tool: { ...tool, known: false },
        origins: { ...nothing, injection: 'recognised' },
      }),
      ...kindsOf({ origins: { ...nothing, injection: 'suspected', thirdPartyOnly: true } }),
      'behavior.tool_outside_pact',
      'behavior.new_tool',
      'behavior.volume_high',
      'behavior.destructive_burst',
      'behavior.budget_exceeded',
      'behavior.sequence_unlikely',
      'context.hour_unfamiliar',
      'context.personal_data_without_case',
      'identity.delegation_depth',
      'context.data_class_exceeded',
      'context.resource_outside_domain',
      'context.unusual_hour',
      'outcome.task_succeeded',
      'outcome.task_failed',
    ];
    expect(emitted.filter((kind) => SIGNAL_CATALOGUE[kind] === undefined)).toEqual([]);
  });
});
