/** Who calls. Every service gets one of these and nothing of the request. */
import type { KeyRole, PersonRole } from '@/lib/contracts';

export interface PersonActor {
  readonly kind: 'person';
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: PersonRole;
  readonly workspaceId: string;
  /** When the login began that they come with; null for somebody who has none. */
  readonly signedInAt: Date | null;
}

/** The person behind a key: who made it, or who made the key that made it, and so on. */
export type KeyAuthor = Pick<PersonActor, 'personId' | 'name' | 'email'>;

export interface KeyActor {
  readonly kind: 'key';
  readonly keyId: string;
  readonly name: string;
  /** What the key may now: its own role, or that of its author when it is lower. */
  readonly role: KeyRole;
  readonly workspaceId: string;
  /** Nobody for a key of the command line. What a person may not do, their keys may not either. */
  readonly author: KeyAuthor | null;
}

export interface AgentActor {
  readonly kind: 'agent';
  readonly agentId: string;
  readonly workspaceId: string;
  /** Ids of the agents that passed the task on, the nearest first, as the token proves it; absent: none. */
  readonly chain?: readonly string[];
  /** What each of them and the agent itself signed in with, by id: `key:<thumbprint>` or `subject:<id>`. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** The tools the token was narrowed to; absent: all. */
  readonly scope?: readonly string[];
}

/** Who may use the console's endpoints: a person, or a program with an API key. */
export type ConsoleActor = PersonActor | KeyActor;
export type Actor = ConsoleActor | AgentActor;

/** How the ledger and `*_by` columns name an actor: `person:<id>`, `key:<id>` or `agent:<id>`. */
export function actorRef(actor: Actor): string {
  return `${actor.kind}:${actorId(actor)}`;
}

/** The person who acts, themselves or through a key; nobody behind a key of the command line. */
export function personBehind(actor: ConsoleActor): KeyAuthor | null {
  return actor.kind === 'person' ? actor : actor.author;
}

export function actorId(actor: Actor): string {
  if (actor.kind === 'person') return actor.personId;
  return actor.kind === 'key' ? actor.keyId : actor.agentId;
}
