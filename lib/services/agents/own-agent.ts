/** Whether somebody acts for an agent they have a part in: in person, with another account, or through a key. */
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { selectPartiesOfAgent } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { partRefusal } from '@/lib/services/parties/part-refusal';

export interface OwnedAgent {
  readonly id: string;
  /** Free text: an e-mail address, a name, or a team (docs/decisions/0009-owner-as-text.md). */
  readonly owner: string;
  readonly ownerPersonId: string | null;
}

/**
 * Nobody lets an agent do more than it may, and nobody takes away what holds it back, when they own it or put in the key it signs
 * with, or signed with lately: that takes somebody else. A key is as good as the person behind it; one of the command line has nobody behind it and no part.
 *
 * @param toDo what somebody else has to do, to finish the sentence "You own this agent, so somebody else has to ..."
 * @throws DomainError `own_agent`, `own_agent_key`
 */
export async function requireNoPartIn(
  sql: Sql,
  { actor, now }: ServiceContext,
  { id: agentId, owner: agentOwner, ownerPersonId: agentOwnerPersonId }: OwnedAgent,
  toDo: string,
): Promise<void> {
  const agent = { agentId, agentOwner, agentOwnerPersonId };
  const parties = await selectPartiesOfAgent(sql, actor.workspaceId, agent, now);
  const refusal = partRefusal(actor, parties, toDo);
  if (refusal === undefined) return;
  const { kind, code, message } = refusal;
  throw code === 'own_agent'
    ? new DomainError(kind, code, `${message} If you are alone here, invite a second person.`)
    : refusal;
}
