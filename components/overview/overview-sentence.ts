import { countText } from '@/components/ui/number-text';
import type { Overview } from '@/lib/contracts';

/** The page in one or two sentences, for people and for screen readers. */
export function overviewSentence({ agents, pending, switches, incidents }: Overview): string {
  const parts = [
    countText(agents, 'agent'),
    pending.count === 0
      ? 'no approval waits'
      : `${countText(pending.count, 'approval')} ${pending.count === 1 ? 'waits' : 'wait'} for a person`,
    switches.length === 0
      ? 'nothing is stopped'
      : `${countText(switches.length, 'kill switch', 'kill switches')} in force`,
    incidents.length === 0 ? 'no open incident' : `${countText(incidents.length, 'open incident')}`,
  ];
  return `${parts.join(', ')}.`;
}
