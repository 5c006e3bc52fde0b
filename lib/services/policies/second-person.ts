/** Who may put a change in force that lets more through: somebody else, in person. Pure. */
import { actorRef, type ConsoleActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';

interface Authored {
  readonly createdBy: string;
  /** The person behind `createdBy`, when there is one. */
  readonly author: string | null;
}

/** Why the actor may not be the second person, or nothing when they may. */
export function secondPersonRefusal(
  change: Authored,
  actor: ConsoleActor,
): DomainError | undefined {
  if (actor.kind === 'key')
    return new DomainError(
      'forbidden',
      'person_needed',
      'A change that lets more through is approved by a person who is signed in, not by an API key.',
    );
  const who = actorRef(actor);
  if (who !== change.createdBy && who !== change.author) return undefined;
  return new DomainError(
    'forbidden',
    'own_change',
    'You proposed this change, yourself or with a key of yours, so somebody else has to approve it.',
  );
}
