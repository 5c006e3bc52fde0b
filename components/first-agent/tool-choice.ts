import type { ToolInput } from '@/lib/contracts';

/** What a tool can do, in the three ways that matter for the first evening. The catalogue knows more. */
export const TOOL_EFFECTS = {
  reads: {
    label: 'Only reads',
    facts: { sideEffect: 'none', reversible: true, egress: false, risk: 'low' },
  },
  changes: {
    label: 'Changes something that can be undone',
    facts: { sideEffect: 'write', reversible: true, egress: false, risk: 'medium' },
  },
  final: {
    label: 'Cannot be undone, or sends something out',
    facts: { sideEffect: 'write', reversible: false, egress: true, risk: 'high' },
  },
} as const satisfies Record<string, { label: string; facts: Partial<ToolInput> }>;
export type ToolEffect = keyof typeof TOOL_EFFECTS;

export interface ToolChoice {
  name: string;
  effect: ToolEffect;
}

/** The catalogue entry of a choice: internal data, output that may carry text of third parties. */
export function toolInputOf({ name, effect }: ToolChoice): ToolInput {
  return {
    name,
    ...TOOL_EFFECTS[effect].facts,
    dataClass: 'internal',
    untrustedOutput: true,
    tags: [],
  };
}

/** What is wrong with a tool's name, in words. */
export function toolNameProblem(name: string): string | undefined {
  if (name === '') return 'Name the tool as the agent calls it, for example crm.search.';
  if (/[\s\p{Cc}]/u.test(name)) return 'A tool name has no spaces.';
  return undefined;
}
