/** Reads who has a part in actions: one query a part, however many actions there are. */
import { isUuid, type Sql } from '@/lib/db';
import type { AskedWith } from '../decision-rows';
import { knownPeople, type KnownPerson } from '../known-people';
import type { Identity } from '../same-person';
import { KEYHOLDERS, usedCredential } from './keyholders';
import { partiesFrom, somebodyElseDecides, type KeyHolder, type Party } from './parties';

/** What an action says of who stands behind it. */
export interface Asked {
  readonly agentId: string;
  readonly agentOwner: string;
  readonly agentOwnerPersonId: string | null;
  readonly sessionId: string | null;
  readonly askedWith: AskedWith | null;
}

/** Everybody with a part in one action. @param people to ask for several actions one after the other */
export async function selectParties(
  sql: Sql,
  workspaceId: string,
  asked: Asked,
  people?: readonly KnownPerson[],
): Promise<Party[]> {
  const [parties = []] = await selectPartiesOf(sql, workspaceId, [asked], people);
  return parties;
}

/** Everybody with a part in each of some actions, in their order. */
export async function selectPartiesOf(
  sql: Sql,
  workspaceId: string,
  asked: readonly Asked[],
  people?: readonly KnownPerson[],
): Promise<Party[][]> {
  if (asked.length === 0) return [];
  const [known, requesters, owners, authors, holders] = await Promise.all([
    people ?? knownPeople(sql, workspaceId),
    selectRequesters(sql, workspaceId, asked),
    selectDelegatorOwners(sql, workspaceId, asked),
    selectAuthors(sql, workspaceId, asked),
    selectKeyholders(sql, workspaceId, asked),
  ]);
  return asked.map((one) => {
    const { endUser, delegators = [], sentBy } = one.askedWith ?? {};
    const words = new Set(delegators.map(agentWord));
    return partiesFrom(
      {
        owner: { personId: one.agentOwnerPersonId, name: one.agentOwner },
        requesters: [endUser, requesters.get(sessionName(one))].flatMap((name) =>
          name ? [name] : [],
        ),
        delegators,
        delegatorOwners: owners.filter(({ id, agent }) => words.has(id) || words.has(agent)),
        authors: authors.filter(({ key }) => `key:${key}` === sentBy),
        keyholders: holders
          .filter((holder) => holdsFor(one, holder))
          // Trying an agent out is about the one that acts.
          .map((holder) => ({
            ...holder,
            registered: holder.registered && holder.agentId === one.agentId,
          })),
      },
      known,
    );
  });
}

/** How long a key counts after it was taken out, for whatever lets its agent do more, in days. */
const COUNTS_AFTER_DAYS = 30;

/**
 * Everybody with a part in an agent itself: its owner, and whoever put in a key that it signs with or signed with lately. What a key
 * did holds the agent back for longer than the key is there, and whoever could take the key out first would lift it.
 *
 * Whoever is left alone has nobody who could do it for them: then keys that have ended count no more.
 */
export async function selectPartiesOfAgent(
  sql: Sql,
  workspaceId: string,
  agent: Pick<Asked, 'agentId' | 'agentOwner' | 'agentOwnerPersonId'>,
  now: Date,
): Promise<Party[]> {
  const since = new Date(now.getTime() - COUNTS_AFTER_DAYS * 86_400_000);
  const [known, holders] = await Promise.all([
    knownPeople(sql, workspaceId),
    sql<KeyHolder>(KEYHOLDERS('$1', 'k.agent_id = $2', undefined, '$3'), [
      workspaceId,
      agent.agentId,
      since,
    ]),
  ]);
  const keyholders = holders.filter(
    (holder) => (holder.ended ?? null) === null || somebodyElseDecides(holder, known),
  );
  const owner = { personId: agent.agentOwnerPersonId, name: agent.agentOwner };
  const nobody = { requesters: [], delegators: [], delegatorOwners: [], authors: [] };
  return partiesFrom({ owner, ...nobody, keyholders }, known);
}

/** The agent, and those that passed the action on: whoever could sign as one of them could have begun it. */
const behindOf = ({ agentId, askedWith }: Asked): readonly string[] => [
  agentId,
  ...(askedWith?.chain ?? []),
];

/** What they signed in with, in force or not. */
const usedBy = ({ askedWith }: Asked): readonly string[] =>
  Object.entries(askedWith?.signedInWith ?? {}).map(([id, used]) => usedCredential(id, used));

const holdsFor = (one: Asked, { agentId, ended = null }: KeyHolder & { agentId: string }) =>
  behindOf(one).includes(agentId) && (ended === null || usedBy(one).includes(ended));

const agentWord = (name: string): string => name.replace(/^agent:/, '').toLowerCase();
const sessionName = ({ agentId, sessionId }: Pick<Asked, 'agentId' | 'sessionId'>): string =>
  `${agentId} ${sessionId}`;

/** Whose request a session says it carries out, by `sessionName`. */
async function selectRequesters(
  sql: Sql,
  workspaceId: string,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, string>> {
  const ids = distinct(asked.map(({ sessionId }) => sessionId));
  if (ids.length === 0) return new Map();
  const rows = await sql<{ sessionId: string; agentId: string; endUser: string }>(
    `SELECT id AS "sessionId", agent_id AS "agentId", end_user AS "endUser" FROM sessions
     WHERE workspace_id = $1 AND id = ANY($2::text[]) AND end_user IS NOT NULL`,
    [workspaceId, ids],
  );
  return new Map(rows.map((row) => [sessionName(row), row.endUser]));
}

/** Whoever owns an agent answers for what it asked another one to do. */
async function selectDelegatorOwners(
  sql: Sql,
  workspaceId: string,
  asked: readonly Asked[],
): Promise<(Identity & { id: string; agent: string })[]> {
  const words = distinct(
    asked.flatMap(({ askedWith }) => (askedWith?.delegators ?? []).map(agentWord)),
  );
  if (words.length === 0) return [];
  return sql(
    `SELECT id, lower(name) AS agent, owner_person_id AS "personId", owner AS name FROM agents
     WHERE workspace_id = $1 AND (id::text = ANY($2::text[]) OR lower(name) = ANY($2::text[]))`,
    [workspaceId, words],
  );
}

/** The people behind the keys that spoke for the agents. */
async function selectAuthors(
  sql: Sql,
  workspaceId: string,
  asked: readonly Asked[],
): Promise<(Identity & { key: string })[]> {
  const keys = distinct(
    asked.map(({ askedWith }) => askedWith?.sentBy?.match(/^key:(.*)$/)?.[1] ?? null),
  ).filter(isUuid);
  if (keys.length === 0) return [];
  return sql(
    `SELECT k.id AS key, p.id AS "personId", p.email, p.name FROM api_keys k JOIN people p ON p.id = k.author_person_id
     WHERE k.workspace_id = $1 AND k.id = ANY($2::uuid[])`,
    [workspaceId, keys],
  );
}

function selectKeyholders(
  sql: Sql,
  workspaceId: string,
  asked: readonly Asked[],
): Promise<(KeyHolder & { agentId: string })[]> {
  return sql(KEYHOLDERS('$1', 'k.agent_id = ANY($2::uuid[])', '$3::text[]'), [
    workspaceId,
    distinct(asked.flatMap(behindOf)),
    distinct(asked.flatMap(usedBy)),
  ]);
}

const distinct = (words: readonly (string | null)[]): string[] => [
  ...new Set(words.filter((word) => word !== null)),
];
