import type { ToolInput } from '@/lib/contracts';
import { t } from '@/lib/client/language';

const ONLY_READS = { sideEffect: 'none', reversible: true, egress: false, risk: 'low' } as const;

/** What a tool can do, in the four ways that matter for the first evening. The catalogue knows more. */
export const TOOL_EFFECTS = {
  sensitive: {
    get label() {
      return t('Reads sensitive data');
    },
    facts: { ...ONLY_READS, dataClass: 'confidential' },
  },
  reads: {
    get label() {
      return t('Only reads');
    },
    facts: ONLY_READS,
  },
  changes: {
    get label() {
      return t('Changes something that can be undone');
    },
    facts: { sideEffect: 'write', reversible: true, egress: false, risk: 'medium' },
  },
  final: {
    get label() {
      return t('Cannot be undone, or sends something out');
    },
    facts: { sideEffect: 'write', reversible: false, egress: true, risk: 'high' },
  },
} as const satisfies Record<string, { label: string; facts: Partial<ToolInput> }>;
export type ToolEffect = keyof typeof TOOL_EFFECTS;

export interface ToolChoice {
  name: string;
  effect: ToolEffect;
}

/** What a new row begins with: on rung 1 such a call waits for a person, so that the first one shows the approval. */
export const FIRST_TOOL: ToolChoice = { name: '', effect: 'sensitive' };

/** The catalogue entry of a choice: internal data unless it says more, output that may carry text of third parties. */
export function toolInputOf({ name, effect }: ToolChoice): ToolInput {
  return {
    name,
    dataClass: 'internal',
    ...TOOL_EFFECTS[effect].facts,
    untrustedOutput: true,
    tags: [],
  };
}

/** What is wrong with a tool's name, in words. */
export function toolNameProblem(name: string): string | undefined {
  if (name === '') return t('Name the tool as the agent calls it, for example customers.read.');
  if (/[\s\p{Cc}]/u.test(name)) return t('A tool name has no spaces.');
  return undefined;
}
