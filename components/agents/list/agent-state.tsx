import { Hand, OctagonX } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { Agent } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** Whether the agent can act: a switch in force outranks its own status, and that what its conduct has put it under. */
export function AgentState({
  agent,
}: {
  agent: Pick<Agent, 'status' | 'switches' | 'restrictions'>;
}) {
  const halted = agent.switches.find((item) => item.mode === 'halt');
  const held = halted ?? agent.switches[0];
  if (held)
    return (
      <Badge
        tone="severity-1"
        icon={<OctagonX aria-hidden size={12} />}
        hint={t('Kill switch in force: {reason}', { reason: held.reason })}
      >
        {halted ? t('halted') : t('read-only')}
      </Badge>
    );
  if (agent.status === 'revoked')
    return <Badge hint={t('Its keys are revoked: it cannot authenticate')}>{t('revoked')}</Badge>;
  if (agent.status === 'suspended')
    return (
      <Badge
        tone="severity-1"
        hint={t('Only harmless reads go on, until the root cause of its incident is known')}
      >
        {t('suspended')}
      </Badge>
    );
  return <Restricted restrictions={agent.restrictions} />;
}

/** What a signal has put it under: the widest in a word, the others counted, all of them in the hint. */
function Restricted({ restrictions }: Pick<Agent, 'restrictions'>) {
  const [widest, ...others] = restrictions;
  if (widest === undefined) return <span className="text-ink-2">{t('active')}</span>;
  return (
    <Badge
      tone="severity-2"
      icon={<Hand aria-hidden size={12} />}
      hint={restrictions.map(({ name, stops }) => `${name}. It stops: ${stops}`).join('\n')}
    >
      {widest.name.toLowerCase()}
      {others.length > 0 ? ` +${others.length}` : null}
    </Badge>
  );
}
