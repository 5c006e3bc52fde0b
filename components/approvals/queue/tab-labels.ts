import { texts } from '@/lib/client/language';

export const TAB_LABELS = texts({
  mine: 'Mine',
  unclaimed: 'Unclaimed',
  team: 'All waiting',
  second: 'Second person',
  snoozed: 'Put aside',
  closed: 'Closed',
});
