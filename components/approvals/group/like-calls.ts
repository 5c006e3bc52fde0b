import type { Approval } from '@/lib/contracts';
import type { PatternedCall } from '@/lib/contracts/grant-pattern';

/** Most calls one request decides; the server's limit. */
const MOST = 200;

/** A waiting call as patterns and shapes read it. */
export const callOf = ({ action, resource }: Approval): PatternedCall => ({
  arguments: action.properties.arguments,
  resource,
});

/** The waiting calls among the members of a group that may be decided together with one of them; none when it is read by itself. */
export function likeCalls<Call extends Approval>(members: readonly Call[], one: Approval): Call[] {
  if (!mayHaveOthers(one)) return [];
  return members
    .filter((approval) => approval.group?.key === one.group?.key && mayHaveOthers(approval))
    .slice(0, MOST);
}

/** Whether a call can be decided together with others. What has to be read by itself the server says. */
export const mayHaveOthers = ({ state, group, byItself }: Approval): boolean =>
  state === 'pending' && group !== undefined && byItself === undefined;
