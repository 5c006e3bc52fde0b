/** What the status of an agent stops, before anything else is looked at. */
import type { DataClass } from '@/lib/contracts';
import type { Reason } from '@/lib/policy';
import type { AgentFacts, ToolFacts } from './facts';

/** Reads that a suspended agent may still make: they change nothing, reach nobody, and show nothing sensitive. */
function isHarmless(tool: ToolFacts, dataClass: DataClass): boolean {
  const open = dataClass === 'public' || dataClass === 'internal';
  return tool.known && tool.sideEffect === 'none' && !tool.egress && open;
}

/** The reason for which the status of an agent stops an action; undefined when it does not. */
export function statusStop(
  status: AgentFacts['status'],
  tool: ToolFacts,
  dataClass: DataClass,
): Reason | undefined {
  switch (status) {
    case 'active':
      return undefined;
    case 'suspended':
      return isHarmless(tool, dataClass) ? undefined : REASONS.suspended;
    case 'revoked':
      return REASONS.revoked;
  }
}

const REASONS: Readonly<Record<'suspended' | 'revoked', Reason>> = {
  suspended: {
    code: 'agent.suspended',
    text: 'The agent is suspended after an incident of severity 1: only harmless reads go on.',
    remedy: 'Somebody who works on incidents has to write down the root cause of the incident.',
    source: { type: 'rule', id: 'agent.suspended' },
  },
  revoked: {
    code: 'agent.revoked',
    text: 'The agent has been revoked.',
    remedy: 'It has to be registered again, with a new key.',
    source: { type: 'rule', id: 'agent.revoked' },
  },
};
