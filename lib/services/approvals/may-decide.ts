/** Whether somebody may give a verdict on an approval, as one list of rules that reads from top to bottom. Pure. */
import {
  actorId,
  actorRef,
  hasPermission,
  personBehind,
  requirePermission,
  type ConsoleActor,
} from '@/lib/auth';
import { DomainError, type Approval, type ApprovalDetail } from '@/lib/contracts';
import { stateAt } from '@/lib/decide';
import { claimOf, type GivenRow } from './approval-rows';
import type { DecidableRow } from './lock';
import { partRefusal } from '@/lib/services/parties/part-refusal';
import { samePerson } from '@/lib/decide';

/** The code of a refusal because somebody else holds the call. */
const CLAIMED = 'claimed';

export type VerdictFacts = Pick<
  DecidableRow,
  | 'state'
  | 'expiresAt'
  | 'decidedBy'
  | 'decidedByName'
  | 'decidedAt'
  | 'cancelReason'
  | 'parties'
  | 'given'
  | 'claimedBy'
  | 'claimedByName'
  | 'claimedUntil'
>;

/** Why the actor may not decide now, or nothing when they may. */
export function refusalOf(
  actor: ConsoleActor,
  approval: VerdictFacts,
  now: Date,
): DomainError | undefined {
  return refusalDespiteClaim(actor, approval, now) ?? claimed(actor, approval, now);
}

/**
 * The same for what nobody's claim holds off: rejecting, which is the safe direction, and taking the call from whoever holds it.
 */
export function refusalDespiteClaim(
  actor: ConsoleActor,
  approval: VerdictFacts,
  now: Date,
): DomainError | undefined {
  return (
    closedRefusal(approval, now) ??
    partRefusal(actor, approval.parties, 'decide') ??
    approvedBefore(actor, approval)
  );
}

/**
 * The same as an answer for the screen, with the permission before everything else.
 *
 * @param needed why a program that asks may only reject (`personNeeded`)
 */
export function mayDecide(
  actor: ConsoleActor,
  approval: VerdictFacts,
  now: Date,
  needed: DomainError | undefined,
): ApprovalDetail['mayDecide'] {
  if (!hasPermission(actor.role, 'approvals.decide'))
    return { allowed: false, why: permissionSentence(actor) };
  const refusal = refusalOf(actor, approval, now) ?? needed;
  if (refusal === undefined) return { allowed: true };
  const rejectOnly =
    refusal.code === CLAIMED || refusal === needed ? { rejectOnly: true as const } : {};
  return { allowed: false, why: refusal.message, ...rejectOnly };
}

function permissionSentence(actor: ConsoleActor): string {
  try {
    requirePermission(actor, 'approvals.decide');
    return '';
  } catch (error) {
    return error instanceof DomainError ? error.message : '';
  }
}

const CLOSED: Readonly<
  Record<Exclude<Approval['state'], 'pending'>, (approval: VerdictFacts) => DomainError>
> = {
  approved: alreadyDecided,
  rejected: alreadyDecided,
  expired: (approval) =>
    new DomainError(
      'conflict',
      'expired',
      `The time for this decision ended at ${approval.expiresAt.toISOString()}. The agent has to ask again.`,
      { facts: { at: approval.expiresAt.toISOString() } },
    ),
  cancelled: (approval) =>
    new DomainError(
      'conflict',
      'cancelled',
      `This request was cancelled. ${approval.cancelReason ?? ''}`.trim(),
    ),
};

/** Why nothing can be done to it any more, or nothing while it waits. */
export function closedRefusal(approval: VerdictFacts, now: Date): DomainError | undefined {
  const state = stateAt(approval.state, approval.expiresAt, now);
  return state === 'pending' ? undefined : CLOSED[state](approval);
}

function alreadyDecided(approval: VerdictFacts): DomainError {
  const name = approval.decidedByName ?? 'Somebody';
  const at = approval.decidedAt?.toISOString() ?? null;
  return new DomainError('conflict', 'already_decided', `${name} ${approval.state} this already.`, {
    facts: { by: approval.decidedBy, name, at, outcome: approval.state },
  });
}

/** Of two people who have to approve, the second is another one. Keys of the command line have nobody behind them and count as one. */
function approvedBefore(actor: ConsoleActor, { given }: VerdictFacts): DomainError | undefined {
  const before = given?.find((one) => isSame(actor, one));
  if (before === undefined) return undefined;
  const text =
    before.by === actorRef(actor)
      ? 'You approved this. A second person has to approve it too.'
      : `${before.actorName} approved this, and Belay takes you for the same person. Somebody else has to approve it too.`;
  return new DomainError('forbidden', 'second_person_needed', text);
}

function isSame(actor: ConsoleActor, one: GivenRow): boolean {
  const person = personBehind(actor);
  if (person === null) return one.personId === null;
  return samePerson(person, one);
}

function claimed(actor: ConsoleActor, approval: VerdictFacts, now: Date): DomainError | undefined {
  const claim = claimOf(approval, now);
  if (claim === null || claim.by === actorId(actor)) return undefined;
  return new DomainError(
    'conflict',
    CLAIMED,
    `${claim.name} is looking at this until ${claim.until}.`,
    { facts: { by: claim.by, name: claim.name, until: claim.until } },
  );
}
