import type { Approval } from '@/lib/contracts';
import type { PatternedCall } from '@/lib/contracts/grant-pattern';

/** Most calls one request decides; the server's limit. */
const MOST = 200;

/** A waiting call as patterns and shapes read it. */
export const callOf = ({ action, resource }: Approval): PatternedCall => ({
  arguments: action.properties.arguments,
  resource: resource,
});

/** Calls that are read one by one: the server says so too, and decides. */
const isReadByItself = ({ risk, reasons }: Approval): boolean =>
  risk === 'high' ||
  risk === 'critical' ||
  reasons.some(
    ({ code, source }) =>
      code.startsWith('guardrail.') || source?.type === 'detector' || source?.type === 'layer',
  );

/** The waiting calls among the members of a group that may be decided together with one of them; none when it is read by itself. */
export function likeCalls(members: readonly Approval[], one: Approval): Approval[] {
  if (!mayHaveOthers(one)) return [];
  return members
    .filter((approval) => approval.group?.key === one.group?.key && mayHaveOthers(approval))
    .slice(0, MOST);
}

/** Whether a call can be decided together with others. */
export const mayHaveOthers = (approval: Approval): boolean =>
  approval.state === 'pending' && approval.group !== undefined && !isReadByItself(approval);
