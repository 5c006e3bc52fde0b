/** Whether somebody acts for an agent of their own, in person or through a key. Pure. */
import { personBehind, type ConsoleActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { samePerson } from '@/lib/decide';

export interface AgentOwner {
  /** Free text: an e-mail address, a name, or a team (docs/decisions/0009-owner-as-text.md). */
  readonly owner: string;
  readonly ownerPersonId: string | null;
}

/**
 * Nobody lets their own agent do more than it may: that takes somebody else. A key is as good as the person behind it; one of
 * the command line has nobody behind it and owns nothing.
 *
 * @param need what somebody else has to do, to finish the sentence "You own this agent, so ..."
 * @returns why the actor may not, or nothing when they may
 */
export function ownAgentRefusal(
  actor: ConsoleActor,
  agent: AgentOwner,
  need: string,
): DomainError | undefined {
  if (!ownsAgent(actor, agent)) return undefined;
  return new DomainError('forbidden', 'own_agent', `You own this agent, so ${need}.`);
}

/**
 * The same for what holds an agent back: its owner does not take it away.
 *
 * @throws DomainError `own_agent`
 */
export function requireOtherThanOwner(actor: ConsoleActor, agent: AgentOwner, toDo: string): void {
  const refusal = ownAgentRefusal(
    actor,
    agent,
    `somebody else has to ${toDo}. If you are alone here, invite a second person`,
  );
  if (refusal !== undefined) throw refusal;
}

function ownsAgent(actor: ConsoleActor, { owner, ownerPersonId }: AgentOwner): boolean {
  const person = personBehind(actor);
  return person !== null && samePerson(person, { personId: ownerPersonId, name: owner });
}
