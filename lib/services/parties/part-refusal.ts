/** Why somebody with a part in an action decides nothing about it. */
import { personBehind, type ConsoleActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { partOf, type Part, type Party } from '@/lib/decide';

/** Why each part keeps its holder out. */
const OWN: Readonly<Record<Part, { readonly code: string; readonly text: string }>> = {
  owner: { code: 'own_agent', text: 'You own this agent' },
  requester: { code: 'own_request', text: 'The agent acts here on your request' },
  delegator: {
    code: 'own_delegation',
    text: 'This was passed on by you or by an agent you own',
  },
  gateway: { code: 'own_key', text: 'The key that asked for this goes back to you' },
  keyholder: { code: 'own_agent_key', text: 'You put in the key that this agent signs with' },
};

/**
 * Nobody judges an action they have a part in: in person, with another account, or through a key that goes back to them.
 *
 * @param toDo what somebody else has to do, to finish the sentence "..., so somebody else has to ..."
 * @returns why the actor may not, or nothing when they have no part
 */
export function partRefusal(
  actor: ConsoleActor,
  parties: readonly Party[],
  toDo: string,
): DomainError | undefined {
  const person = personBehind(actor);
  const party = person === null ? undefined : partOf(parties, person);
  if (party === undefined) return undefined;
  const { code, text } = OWN[party.part];
  const way =
    party.leftAlone === true ? ' If nobody else is left to, give the agent another key first.' : '';
  return new DomainError('forbidden', code, `${text}, so somebody else has to ${toDo}.${way}`);
}
