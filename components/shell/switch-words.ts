import type { KillSwitch } from '@/lib/contracts';
import { t } from '@/lib/client/language';

type Words = Pick<KillSwitch, 'scope' | 'mode'>;

/** What a switch stops, as one sentence: "Everything is halted", "Agent crm-writer is read-only". */
export function switchWords({ scope, mode }: Words): string {
  if (scope.type === 'workspace')
    return mode === 'halt' ? t('Everything is halted') : t('Everything is read-only');
  const { type, label } = scope;
  if (type === 'tag')
    return mode === 'halt'
      ? t('Agents tagged {label} are halted', { label })
      : t('Agents tagged {label} are read-only', { label });
  if (type === 'agent')
    return mode === 'halt'
      ? t('Agent {label} is halted', { label })
      : t('Agent {label} is read-only', { label });
  return mode === 'halt'
    ? t('Tool {label} is halted', { label })
    : t('Tool {label} is read-only', { label });
}
