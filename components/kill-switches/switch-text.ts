/** Kill switches in words. */
import type { KillSwitch, SwitchInput } from '@/lib/contracts';
import { countText } from '@/components/ui/number-text';

export type ScopeType = KillSwitch['scope']['type'];
export type Mode = KillSwitch['mode'];

export const SCOPE_CHOICES: readonly { value: ScopeType; label: string }[] = [
  { value: 'agent', label: 'Agent' },
  { value: 'tool', label: 'Tool' },
  { value: 'tag', label: 'Tag' },
  { value: 'workspace', label: 'Everything' },
];

export const MODE_CHOICES: readonly { value: Mode; label: string; effect: string }[] = [
  {
    value: 'halt',
    label: 'Halt',
    effect: 'Every call is denied from now on, reads too.',
  },
  {
    value: 'read_only',
    label: 'Read-only',
    effect: 'Reads go on. Every call with a side effect is denied from now on.',
  },
];

/** The subject of a scope in a sentence: "agent crm-writer", "everything in this workspace". */
export function scopeText(type: ScopeType, label: string): string {
  if (type === 'workspace') return 'everything in this workspace';
  if (type === 'tag') return `agents tagged ${label}`;
  return `${type} ${label}`;
}

/** What the button does: "Stop agent crm-writer", "Make tool refunds.issue read-only"; not yet more when nothing is chosen. */
export function setActionText(mode: Mode, type: ScopeType, label: string): string {
  if (type !== 'workspace' && label === '') return 'Set this switch';
  const subject = scopeText(type, label);
  return mode === 'halt' ? `Stop ${subject}` : `Make ${subject} read-only`;
}

export interface Impact {
  agents: number;
  pendingApprovals: number;
  openPermits: number;
}

/** The impact in numbers, one sentence a line. */
export function impactLines(
  { agents, pendingApprovals, openPermits }: Impact,
  mode: Mode,
): string[] {
  const verb = mode === 'halt' ? 'can no longer act' : 'can only read';
  return [
    `${countText(agents, 'active agent')} ${verb}.`,
    `${countText(pendingApprovals, 'waiting approval')} ${pendingApprovals === 1 ? 'is' : 'are'} cancelled.`,
    `${countText(openPermits, 'open permit')} ${openPermits === 1 ? 'becomes' : 'become'} invalid.`,
  ];
}

export interface SwitchDraft {
  type: ScopeType;
  value: string;
  mode: Mode;
  reason: string;
  /** What was typed to confirm a stop of everything. */
  confirmation: string;
}

export type DraftErrors = Partial<Record<'value' | 'reason' | 'confirmation', string>>;

const VALUE_WORDS: Readonly<Record<Exclude<ScopeType, 'workspace'>, string>> = {
  agent: 'Choose the agent to stop.',
  tool: 'Name the tool to stop.',
  tag: 'Name the tag whose agents to stop.',
};

/** What is missing before the switch can be set; empty when nothing is. */
export function draftErrors(draft: SwitchDraft, workspaceName: string): DraftErrors {
  const errors: DraftErrors = {};
  if (draft.type !== 'workspace' && draft.value.trim() === '')
    errors.value = VALUE_WORDS[draft.type];
  if (draft.reason.trim() === '')
    errors.reason =
      'Say why: agents get the reason with every denied call, and so does whoever releases it.';
  if (draft.type === 'workspace' && draft.confirmation.trim() !== workspaceName)
    errors.confirmation = `Type \u201C${workspaceName}\u201D to confirm.`;
  return errors;
}

export function switchInput(draft: SwitchDraft): SwitchInput {
  const scope =
    draft.type === 'workspace'
      ? { type: draft.type }
      : { type: draft.type, value: draft.value.trim() };
  return { scope, mode: draft.mode, reason: draft.reason.trim() };
}
