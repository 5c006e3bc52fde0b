import { texts } from '@/lib/client/language';

/** Where an incident stands, in the middle of a line. */
export const INCIDENT_STATES = texts({
  open: 'open',
  investigating: 'investigating',
  closed: 'closed',
});
