/** Who has a part in an action and so decides nothing about it: its owner, who asked for it, whoever passed it on, who holds a key. */
import { personBehind, type ConsoleActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import {
  alsoKnownAs,
  knownPeople,
  samePerson,
  type AskedWith,
  type Identity,
  type KnownPerson,
} from '@/lib/decide';

export const PARTS = ['owner', 'requester', 'delegator', 'gateway', 'keyholder'] as const;
export type Part = (typeof PARTS)[number];

export interface Party extends Identity {
  readonly part: Part;
}

/** What an action says of who stands behind it. */
export interface Asked {
  readonly agentId: string;
  readonly agentOwner: string;
  readonly agentOwnerPersonId: string | null;
  readonly sessionId: string | null;
  readonly askedWith: AskedWith | null;
}

/**
 * Everybody with a part, each with the other words for the same person that the workspace knows: whoever is written down with an
 * address is also known by the name of its account, so that a second account under that name is no other person.
 */
export async function selectParties(
  sql: Sql,
  workspaceId: string,
  asked: Asked,
  people: Promise<KnownPerson[]> = knownPeople(sql, workspaceId),
): Promise<Party[]> {
  const [known, askers, holders] = await Promise.all([
    people,
    askersOf(sql, workspaceId, asked),
    keyholdersOf(sql, workspaceId, asked.agentId),
  ]);
  const named = [
    ...ownersOf(asked),
    ...askers,
    ...holders.filter((holder) => somebodyElseDecides(holder, known)),
  ];
  return named.flatMap((party) =>
    alsoKnownAs(party, known).map((person): Party => ({ ...person, part: party.part })),
  );
}

/** Whoever is alone has nobody to hand a verdict to, and nobody to keep it from. */
const somebodyElseDecides = (holder: Identity, known: readonly KnownPerson[]): boolean =>
  known.some((person) => person.decides && !samePerson(holder, person));

/** The part that somebody has in the action, the weightiest first. */
export function partOf(parties: readonly Party[], somebody: Identity): Part | undefined {
  return PARTS.find((part) =>
    parties.some((party) => party.part === part && samePerson(party, somebody)),
  );
}

/** Why each part keeps its holder out. */
const OWN: Readonly<Record<Part, { readonly code: string; readonly text: string }>> = {
  owner: { code: 'own_agent', text: 'You own this agent' },
  requester: { code: 'own_request', text: 'The agent acts here on your request' },
  delegator: {
    code: 'own_delegation',
    text: 'This was passed on by you or by an agent you own',
  },
  gateway: { code: 'own_key', text: 'The key that asked for this goes back to you' },
  keyholder: { code: 'own_agent_key', text: 'You replaced the key that this agent signs with' },
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
  const part = person === null ? undefined : partOf(parties, person);
  if (part === undefined) return undefined;
  const { code, text } = OWN[part];
  return new DomainError('forbidden', code, `${text}, so somebody else has to ${toDo}.`);
}

const ownersOf = ({
  agentOwner,
  agentOwnerPersonId,
}: Pick<Asked, 'agentOwner' | 'agentOwnerPersonId'>): Party[] => [
  { part: 'owner', personId: agentOwnerPersonId, name: agentOwner },
];

async function askersOf(sql: Sql, workspaceId: string, asked: Asked): Promise<Party[]> {
  const { endUser, delegators = [], sentBy } = asked.askedWith ?? {};
  const [session, owners, author] = await Promise.all([
    endUserOf(sql, workspaceId, asked),
    ownersOfAgents(sql, workspaceId, delegators),
    authorOf(sql, workspaceId, sentBy),
  ]);
  return [
    ...[endUser, session].flatMap((name): Party[] =>
      name ? [{ part: 'requester', personId: idOf(name), name }] : [],
    ),
    ...delegators.map((name): Party => ({ part: 'delegator', personId: idOf(name), name })),
    ...owners.map((owner): Party => ({ part: 'delegator', ...owner })),
    ...author.map((person): Party => ({ part: 'gateway', ...person })),
  ];
}

/** `person:<id>` or an id alone names an account. */
const idOf = (word: string): string => word.replace(/^person:/, '');

/**
 * Whoever replaced an agent's key by one of their own making could sign as the agent, with all the trust it has. The key it was
 * registered with counts for nobody: a new agent has no trust, and its first calls are approved by whoever tries it out.
 */
async function keyholdersOf(sql: Sql, workspaceId: string, agentId: string): Promise<Party[]> {
  const holders = await sql<{ personId: string; email: string; name: string }>(
    `SELECT DISTINCT p.id AS "personId", p.email, p.name FROM agent_keys k JOIN people p ON p.id = k.added_by
     WHERE k.workspace_id = $1 AND k.agent_id = $2 AND k.revoked_at IS NULL AND EXISTS (SELECT 1 FROM agent_keys before
       WHERE before.workspace_id = k.workspace_id AND before.agent_id = k.agent_id AND before.kid <> k.kid
         AND before.created_at <= k.created_at)`,
    [workspaceId, agentId],
  );
  return holders.map((person): Party => ({ ...person, part: 'keyholder' }));
}

async function endUserOf(
  sql: Sql,
  workspaceId: string,
  { sessionId, agentId }: Asked,
): Promise<string | null> {
  if (sessionId === null) return null;
  const [session] = await sql<{ endUser: string | null }>(
    'SELECT end_user AS "endUser" FROM sessions WHERE workspace_id = $1 AND id = $2 AND agent_id = $3',
    [workspaceId, sessionId, agentId],
  );
  return session?.endUser ?? null;
}

/** Whoever owns an agent answers for what it asked another one to do. */
async function ownersOfAgents(
  sql: Sql,
  workspaceId: string,
  names: readonly string[],
): Promise<Identity[]> {
  if (names.length === 0) return [];
  const words = names.map((name) => name.replace(/^agent:/, '').toLowerCase());
  return sql<{ personId: string | null; name: string }>(
    `SELECT owner_person_id AS "personId", owner AS name FROM agents
     WHERE workspace_id = $1 AND (id::text = ANY($2::text[]) OR lower(name) = ANY($2::text[]))`,
    [workspaceId, words],
  );
}

/** The person behind the key that spoke for the agent. */
async function authorOf(
  sql: Sql,
  workspaceId: string,
  sentBy: string | undefined,
): Promise<Identity[]> {
  if (sentBy === undefined || !sentBy.startsWith('key:')) return [];
  return sql<{ personId: string; email: string; name: string }>(
    `SELECT p.id AS "personId", p.email, p.name FROM api_keys k JOIN people p ON p.id = k.author_person_id
     WHERE k.workspace_id = $1 AND k.id::text = $2`,
    [workspaceId, sentBy.slice('key:'.length)],
  );
}
