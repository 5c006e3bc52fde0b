/** Who calls. Every service gets one of these and nothing of the request. */
import type { KeyRole, PersonRole } from '@/lib/contracts';

export interface PersonActor {
  readonly kind: 'person';
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: PersonRole;
  readonly workspaceId: string;
}

export interface KeyActor {
  readonly kind: 'key';
  readonly keyId: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly workspaceId: string;
  /** Who made the key: nobody approves for an agent they own through a key of their own. */
  readonly createdBy: string;
}

export interface AgentActor {
  readonly kind: 'agent';
  readonly agentId: string;
  readonly workspaceId: string;
}

/** Who may use the console's endpoints: a person, or a program with an API key. */
export type ConsoleActor = PersonActor | KeyActor;
export type Actor = ConsoleActor | AgentActor;

/** How the ledger and `*_by` columns name an actor: `person:<id>`, `key:<id>` or `agent:<id>`. */
export function actorRef(actor: Actor): string {
  return `${actor.kind}:${actorId(actor)}`;
}

export function actorId(actor: Actor): string {
  if (actor.kind === 'person') return actor.personId;
  return actor.kind === 'key' ? actor.keyId : actor.agentId;
}
