/** How the demo reviewers decide: by what the fleet's script says a careful reviewer would. */
import type { PersonActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import type { Verdict } from '@/lib/services/approvals/decide';
import type { FleetAgent, Step } from './fleet';
import { REVIEWERS } from './people';
import type { Random } from './random';
import type { World } from './world';

/** Somebody who may decide for this agent. */
export function reviewerFor(
  world: Pick<World, 'people'>,
  agent: FleetAgent,
  random: Random,
): PersonActor {
  const able = REVIEWERS.filter((key) => key !== agent.owner);
  return world.people[random.pick(able)];
}

/** The script's verdict, as the approval services take it. */
export function verdictOf({ review, resource }: Step, digest: string): Verdict {
  if (review.verdict === 'reject')
    return { outcome: 'rejected', reason: review.reason, comment: review.comment };
  return { outcome: 'approved', digest, target: resource.id, comment: review.comment };
}

/** Whether the verdict was refused, for whatever reason: then the action is left to the person who looks. */
export const isRefused = (error: unknown): boolean =>
  error instanceof DomainError && error.kind !== 'unavailable';

/** Whether somebody or something else closed the approval first. */
export function isLate(error: unknown): boolean {
  return error instanceof DomainError && error.kind === 'conflict';
}
