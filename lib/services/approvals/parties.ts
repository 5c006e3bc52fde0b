/** Who has a part in an action and so decides nothing about it: its owner, who asked for it, and whoever passed it on. */
import type { Sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';
import { samePerson, type Identity } from '@/lib/decide';

export const PARTS = ['owner', 'requester', 'delegator', 'gateway'] as const;
export type Part = (typeof PARTS)[number];

export interface Party extends Identity {
  readonly part: Part;
}

type Asked = Pick<
  ApprovalRow,
  'agentOwner' | 'agentOwnerPersonId' | 'askedWith' | 'sessionId' | 'agentId'
>;

/**
 * Everybody with a part, each with the other words for the same person that the workspace knows: whoever is written down with an
 * address is also known by the name of its account, so that a second account under that name is no other person.
 */
export async function selectParties(
  sql: Sql,
  workspaceId: string,
  approval: Asked,
): Promise<Party[]> {
  const known = await knownPeople(sql, workspaceId);
  const named = [...ownersOf(approval), ...(await askersOf(sql, workspaceId, approval))];
  return named.flatMap((party) => [
    party,
    ...known
      .filter((person) => samePerson(party, person))
      .map((person): Party => ({ ...person, part: party.part })),
  ]);
}

/** The part that somebody has in the action, the weightiest first. */
export function partOf(parties: readonly Party[], somebody: Identity): Part | undefined {
  return PARTS.find((part) =>
    parties.some((party) => party.part === part && samePerson(party, somebody)),
  );
}

const ownersOf = ({ agentOwner, agentOwnerPersonId }: Asked): Party[] => [
  { part: 'owner', personId: agentOwnerPersonId, name: agentOwner },
];

async function askersOf(sql: Sql, workspaceId: string, approval: Asked): Promise<Party[]> {
  const { endUser, delegators = [], sentBy } = approval.askedWith ?? {};
  const [session, owners, author] = await Promise.all([
    endUserOf(sql, workspaceId, approval),
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

async function knownPeople(sql: Sql, workspaceId: string): Promise<Identity[]> {
  return sql<{ personId: string; email: string; name: string }>(
    `SELECT p.id AS "personId", p.email, p.name FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.workspace_id = $1`,
    [workspaceId],
  );
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
