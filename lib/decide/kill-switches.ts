import type { Reason } from '@/lib/policy';
import type { AgentFacts, SwitchFacts, ToolFacts, WorkspaceFacts } from './facts';

interface Target {
  readonly agentId: string;
  readonly agentTags: readonly string[];
  readonly tool: string;
  readonly toolTags: readonly string[];
  readonly sideEffect: 'none' | 'write';
}

/** Whether a switch covers an action: its scope matches, and its mode forbids what the action does. */
export function stops(killSwitch: SwitchFacts, target: Target): boolean {
  return (
    inScope(killSwitch, target) && (killSwitch.mode === 'halt' || target.sideEffect === 'write')
  );
}

/** The switch that keeps an agent from using a tool; undefined when none does. */
export const switchOn = (
  { switches }: Pick<WorkspaceFacts, 'switches'>,
  { id: agentId, tags: agentTags }: Pick<AgentFacts, 'id' | 'tags'>,
  { name, tags: toolTags, sideEffect }: ToolFacts,
): SwitchFacts | undefined => {
  const target = { agentId, agentTags, tool: name, toolTags, sideEffect };
  return switches.find((killSwitch) => stops(killSwitch, target));
};

function inScope({ scopeType, scopeValue }: SwitchFacts, target: Target): boolean {
  switch (scopeType) {
    case 'workspace':
      return true;
    case 'agent':
      return scopeValue === target.agentId;
    case 'tool':
      return scopeValue === target.tool;
    case 'tag':
      return (
        scopeValue !== null &&
        (target.agentTags.includes(scopeValue) || target.toolTags.includes(scopeValue))
      );
  }
}

const SCOPE_WORDS = {
  workspace: 'Everything in this workspace',
  agent: 'This agent',
  tool: 'This tool',
  tag: 'Everything with this tag',
} as const;

/** The sentence an agent and a person read when a switch stops an action. */
export function switchReason(killSwitch: SwitchFacts): Reason {
  const stopped = killSwitch.mode === 'halt' ? 'is stopped' : 'may only read';
  return {
    code: `switch.${killSwitch.mode}`,
    text: `${SCOPE_WORDS[killSwitch.scopeType]} ${stopped}, by ${killSwitch.setByName}: ${killSwitch.reason}`,
    remedy: 'A manager or admin has to release the kill switch.',
    source: { type: 'switch', id: killSwitch.id },
  };
}
