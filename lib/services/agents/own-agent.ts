/** Whether somebody acts for an agent of their own: in person, with another account, or through a key. */
import { personBehind, type ConsoleActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { alsoKnownAs, knownPeople, samePerson } from '@/lib/decide';

export interface AgentOwner {
  /** Free text: an e-mail address, a name, or a team (docs/decisions/0009-owner-as-text.md). */
  readonly owner: string;
  readonly ownerPersonId: string | null;
}

/**
 * Nobody lets their own agent do more than it may, and nobody takes away what holds it back: that takes somebody else. A key is as
 * good as the person behind it; one of the command line has nobody behind it and owns nothing.
 *
 * @param toDo what somebody else has to do, to finish the sentence "You own this agent, so somebody else has to ..."
 * @throws DomainError `own_agent`
 */
export async function requireOtherThanOwner(
  sql: Sql,
  actor: ConsoleActor,
  agent: AgentOwner,
  toDo: string,
): Promise<void> {
  if (!(await ownsAgent(sql, actor, agent))) return;
  throw new DomainError(
    'forbidden',
    'own_agent',
    `You own this agent, so somebody else has to ${toDo}. If you are alone here, invite a second person.`,
  );
}

/** Also of an agent that is written down under another account of the same person. */
export async function ownsAgent(
  sql: Sql,
  actor: ConsoleActor,
  { owner, ownerPersonId }: AgentOwner,
): Promise<boolean> {
  const person = personBehind(actor);
  if (person === null) return false;
  const selves = alsoKnownAs(person, await knownPeople(sql, actor.workspaceId));
  return selves.some((self) => samePerson(self, { personId: ownerPersonId, name: owner }));
}
