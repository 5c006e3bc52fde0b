import { OctagonX } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { Agent } from '@/lib/contracts';

/** Whether the agent can act: a switch in force outranks its own status. */
export function AgentState({ agent }: { agent: Pick<Agent, 'status' | 'switches'> }) {
  const halted = agent.switches.find((item) => item.mode === 'halt');
  const held = halted ?? agent.switches[0];
  if (held)
    return (
      <Badge
        tone="severity-1"
        icon={<OctagonX aria-hidden size={12} />}
        hint={`Kill switch in force: ${held.reason}`}
      >
        {halted ? 'halted' : 'read-only'}
      </Badge>
    );
  if (agent.status === 'revoked')
    return <Badge hint="Its keys are revoked: it cannot authenticate">revoked</Badge>;
  if (agent.status === 'suspended')
    return (
      <Badge
        tone="severity-1"
        hint="Only harmless reads go on, until the root cause of its incident is known"
      >
        suspended
      </Badge>
    );
  return <span className="text-ink-2">active</span>;
}
