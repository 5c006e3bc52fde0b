/** What it does to a call that nobody has described its tool. */
import type { Outcome, Reason } from '@/lib/policy';
import type { BaseDecision } from '@/lib/policy/base';
import type { ToolFacts } from './facts';

/** Nobody knows what an undescribed tool can do: no policy lets it run unseen. Where one narrows it anyway, this limits nothing. */
export function unknownToolLimit(tool: ToolFacts, policy: Outcome): BaseDecision[] {
  if (tool.known || policy !== 'allow') return [];
  const reason: Reason = {
    code: 'tool.unknown',
    text: `Nobody has described the tool "${tool.name}", so a person looks at each of its calls.`,
    remedy: 'A person approves it, or a manager describes the tool in the catalogue.',
  };
  return [{ outcome: 'require_approval', reasons: [reason] }];
}

/** Behind the policy's own reason not to let it run: the policy judged what is assumed of the tool, which may be all that is wrong. */
export function unknownToolReason(tool: ToolFacts, policy: Outcome): Reason[] {
  if (tool.known || (policy !== 'deny' && policy !== 'suggest')) return [];
  return [
    {
      code: 'tool.unknown',
      text: `Nobody has described the tool "${tool.name}", so it counts as a risky write.`,
      remedy: 'A manager describes the tool in the catalogue, or confirms it on the page Tools.',
    },
  ];
}
