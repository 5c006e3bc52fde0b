import { describe, expect, it } from 'vitest';
import { SWITCH_MODES, SWITCH_SCOPES, switchInputSchema } from '@/lib/contracts';
import {
  draftErrors,
  impactLines,
  MODE_CHOICES,
  SCOPE_CHOICES,
  setActionText,
  switchInput,
  type SwitchDraft,
} from './switch-text';

const draft: SwitchDraft = {
  type: 'agent',
  value: 'a1',
  mode: 'halt',
  reason: 'sends mail to strangers',
  confirmation: '',
};

describe('kill switches in words', () => {
  it('offers every scope and mode of the contract exactly once', () => {
    expect(SCOPE_CHOICES.map((choice) => choice.value).toSorted()).toEqual(
      [...SWITCH_SCOPES].toSorted(),
    );
    expect(MODE_CHOICES.map((choice) => choice.value)).toEqual([...SWITCH_MODES]);
  });
  it('names the effect on the button', () => {
    expect(setActionText('halt', 'agent', 'crm-writer')).toBe('Stop agent crm-writer');
    expect(setActionText('read_only', 'tag', 'finance')).toBe(
      'Make agents tagged finance read-only',
    );
    expect(setActionText('halt', 'agent', '')).toBe('Set this switch');
    expect(setActionText('halt', 'workspace', '')).toBe('Stop everything in this workspace');
  });
  it('gives the impact in numbers, singular and plural', () => {
    expect(impactLines({ agents: 1, pendingApprovals: 5, openPermits: 0 }, 'halt')).toEqual([
      '1 active agent can no longer act.',
      '5 waiting approvals are cancelled.',
      '0 open permits become invalid.',
    ]);
  });
});

describe('a draft of a switch', () => {
  it('needs a scope and a reason', () => {
    expect(draftErrors(draft, 'Acme')).toEqual({});
    expect(Object.keys(draftErrors({ ...draft, value: ' ', reason: ' ' }, 'Acme'))).toEqual([
      'value',
      'reason',
    ]);
  });
  it('asks for the typed name only when everything is stopped', () => {
    const everything: SwitchDraft = { ...draft, type: 'workspace', value: '' };
    expect(draftErrors(everything, 'Acme')).toHaveProperty('confirmation');
    expect(draftErrors({ ...everything, confirmation: 'Acme ' }, 'Acme')).toEqual({});
  });
  it('becomes what the API accepts, without a value for the workspace', () => {
    for (const type of SWITCH_SCOPES) {
      const parsed = switchInputSchema.safeParse(switchInput({ ...draft, type }));
      expect(parsed.success).toBe(true);
    }
  });
});
