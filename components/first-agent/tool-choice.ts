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

/** Stands for every tool in a pact; it is the name of none. */
export const ANY_TOOL = '*';

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
  if (name !== ANY_TOOL && name.includes(ANY_TOOL))
    return t('A tool name is no pattern: name each tool in full, or enter * alone for every tool.');
  return undefined;
}

/** Those that get an entry in the catalogue: `*` is no tool, and what the catalogue knows stays as it is. */
export function toolsToDescribe(
  tools: readonly ToolChoice[],
  known: ReadonlySet<string>,
): readonly ToolChoice[] {
  return tools.filter(({ name }) => name !== ANY_TOOL && !known.has(name));
}

/** The tool that the script asks for: the first that has a name, or undefined where the agent may use any. */
export function toolToCall(tools: readonly ToolChoice[]): string | undefined {
  return tools.find(({ name }) => name !== ANY_TOOL)?.name;
}
