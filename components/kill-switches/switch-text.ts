/** Kill switches in words. */
import type { KillSwitch, SwitchInput } from '@/lib/contracts';
import { counted, t, texts } from '@/lib/client/language';

export type ScopeType = KillSwitch['scope']['type'];
export type Mode = KillSwitch['mode'];

export const SCOPE_CHOICES: readonly { value: ScopeType; label: string }[] = [
  {
    value: 'agent',
    get label() {
      return t('Agent');
    },
  },
  {
    value: 'tool',
    get label() {
      return t('Tool');
    },
  },
  {
    value: 'tag',
    get label() {
      return t('Tag');
    },
  },
  {
    value: 'workspace',
    get label() {
      return t('Everything');
    },
  },
];

export const MODE_CHOICES: readonly { value: Mode; label: string; effect: string }[] = [
  {
    value: 'halt',
    get label() {
      return t('Halt');
    },
    get effect() {
      return t('Every call is denied from now on, reads too.');
    },
  },
  {
    value: 'read_only',
    get label() {
      return t('Read-only');
    },
    get effect() {
      return t('Reads go on. Every call with a side effect is denied from now on.');
    },
  },
];

interface ScopeTitles {
  halt: (label: string) => string;
  readOnly: (label: string) => string;
  release: (label: string) => string;
}

const TITLES: Readonly<Record<ScopeType, ScopeTitles>> = {
  agent: {
    halt: (label) => t('Stop agent {label}', { label }),
    readOnly: (label) => t('Make agent {label} read-only', { label }),
    release: (label) => t('Release the switch on agent {label}', { label }),
  },
  tool: {
    halt: (label) => t('Stop tool {label}', { label }),
    readOnly: (label) => t('Make tool {label} read-only', { label }),
    release: (label) => t('Release the switch on tool {label}', { label }),
  },
  tag: {
    halt: (label) => t('Stop agents tagged {label}', { label }),
    readOnly: (label) => t('Make agents tagged {label} read-only', { label }),
    release: (label) => t('Release the switch on agents tagged {label}', { label }),
  },
  workspace: {
    halt: () => t('Stop everything in this workspace'),
    readOnly: () => t('Make everything in this workspace read-only'),
    release: () => t('Release the switch on everything in this workspace'),
  },
};

/** What the button does: "Stop agent crm-writer", "Make tool refunds.issue read-only"; not yet more when nothing is chosen. */
export function setActionText(mode: Mode, type: ScopeType, label: string): string {
  if (type !== 'workspace' && label === '') return t('Set this switch');
  return mode === 'halt' ? TITLES[type].halt(label) : TITLES[type].readOnly(label);
}

/** What the dialog that ends a switch is called: "Release the switch on agent crm-writer". */
export function releaseTitle(type: ScopeType, label: string): string {
  return TITLES[type].release(label);
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
  return [
    mode === 'halt'
      ? counted(
          agents,
          '{count} active agent can no longer act.',
          '{count} active agents can no longer act.',
        )
      : counted(
          agents,
          '{count} active agent can only read.',
          '{count} active agents can only read.',
        ),
    counted(
      pendingApprovals,
      '{count} waiting approval is cancelled.',
      '{count} waiting approvals are cancelled.',
    ),
    counted(
      openPermits,
      '{count} open permit becomes invalid.',
      '{count} open permits become invalid.',
    ),
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

const VALUE_WORDS: Readonly<Record<Exclude<ScopeType, 'workspace'>, string>> = texts({
  agent: 'Choose the agent to stop.',
  tool: 'Name the tool to stop.',
  tag: 'Name the tag whose agents to stop.',
});

/** What is missing before the switch can be set; empty when nothing is. */
export function draftErrors(draft: SwitchDraft, workspaceName: string): DraftErrors {
  const errors: DraftErrors = {};
  if (draft.type !== 'workspace' && draft.value.trim() === '')
    errors.value = VALUE_WORDS[draft.type];
  if (draft.reason.trim() === '')
    errors.reason = t(
      'Say why: agents get the reason with every denied call, and so does whoever releases it.',
    );
  if (draft.type === 'workspace' && draft.confirmation.trim() !== workspaceName)
    errors.confirmation = t('Type “{name}” to confirm.', { name: workspaceName });
  return errors;
}

export function switchInput(draft: SwitchDraft): SwitchInput {
  const scope =
    draft.type === 'workspace'
      ? { type: draft.type }
      : { type: draft.type, value: draft.value.trim() };
  return { scope, mode: draft.mode, reason: draft.reason.trim() };
}
