import { KeyRound } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { Agent } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** Says that the last key of an agent ends soon or has ended; nothing otherwise. */
export function KeyEnd({ agent }: { agent: Pick<Agent, 'keysEnd' | 'status'> }) {
  if (agent.keysEnd === null || agent.status === 'revoked') return null;
  const { over } = agent.keysEnd;
  return (
    <Badge
      tone={over ? 'severity-2' : 'severity-3'}
      icon={<KeyRound aria-hidden size={12} />}
      hint={
        over
          ? t('Its last key has expired: it cannot sign in until it gets a new one')
          : t('Its last key ends within 14 days: give it a new one')
      }
    >
      {over ? t('key expired') : t('key ends soon')}
    </Badge>
  );
}
