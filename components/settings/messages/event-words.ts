import type { MessageDelivery, MessageEvent, TargetKind } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';

export const EVENT_WORDS: Readonly<Record<MessageEvent, string>> = texts({
  'approval.requested': 'A call waits for approval',
  'approval.escalated': 'A call waits too long',
  'approval.closed': 'An approval was decided, expired or cancelled',
  'incident.opened': 'An incident was opened',
  'kill_switch.set': 'A kill switch was set',
  'grant.unused': 'A grant is not used',
  'agent.key_expiring': 'The last key of an agent ends soon',
});

export const KIND_WORDS: Readonly<Record<TargetKind, { name: string; help: string }>> = {
  webhook: {
    get name() {
      return t('Standard Webhooks');
    },
    get help() {
      return t('Signed JSON for a program of yours. The secret is shown once, when it is made.');
    },
  },
  slack: {
    get name() {
      return t('Slack-compatible');
    },
    get help() {
      return t('The address of an incoming webhook of Slack, Mattermost or the like.');
    },
  },
};

export const STATE_WORDS: Readonly<Record<MessageDelivery['state'], string>> = texts({
  due: 'Tried again:',
  sent: 'Arrived late',
  dropped: 'Not sent',
  given_up: 'Given up',
});
