import type { Overview } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';

/** The page in one or two sentences, for people and for screen readers. */
export function overviewSentence({ agents, pending, switches, incidents }: Overview): string {
  const parts = [
    counted(agents, '{count} agent', '{count} agents'),
    pending.count === 0
      ? t('no approval waits')
      : counted(
          pending.count,
          '{count} approval waits for a person',
          '{count} approvals wait for a person',
        ),
    switches.length === 0
      ? t('nothing is stopped')
      : counted(switches.length, '{count} kill switch in force', '{count} kill switches in force'),
    incidents.length === 0
      ? t('no open incident')
      : counted(incidents.length, '{count} open incident', '{count} open incidents'),
  ];
  return `${parts.join(', ')}.`;
}
