/** Live grants as decisions ask them: read for those agents of a batch that have any. */
import type { Sql } from '@/lib/db';
import type { GrantFacts } from './grants';
import { alsoKnownAs, knownPeople, type KnownPerson } from './known-people';
import { KEYHOLDERS } from './parties/keyholders';
import { partiesFrom, partOf, type KeyHolder } from './parties/parties';
import type { Identity } from './same-person';
import { KEY_DECIDES, PERSON_DECIDES } from './may-still-decide';

const GIVER = `SELECT json_build_object('personId', p.id, 'email', p.email, 'name', p.name) FROM people p WHERE p.id = CASE
  WHEN g.granted_by LIKE 'person:%' THEN substr(g.granted_by, 8)::uuid
  ELSE (SELECT k.author_person_id FROM api_keys k WHERE k.workspace_id = g.workspace_id AND k.id = substr(g.granted_by, 5)::uuid) END`;
const GIVER_DECIDES = (now: string) => `CASE WHEN g.granted_by LIKE 'person:%'
  THEN EXISTS (${PERSON_DECIDES('g.workspace_id', 'substr(g.granted_by, 8)::uuid')})
  ELSE EXISTS (${KEY_DECIDES('g.workspace_id', 'substr(g.granted_by, 5)::uuid', now)}) END`;
/** The agent, and those that a token proved passed its calls on. */
const BEHIND = `array_append(ARRAY(SELECT substr(word, 7)::uuid FROM unnest(g.delegators) word
  WHERE word ~ '^agent:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'), g.agent_id)`;
const HOLDERS = `SELECT json_agg(h) FROM (${KEYHOLDERS('g.workspace_id', `k.agent_id = ANY(${BEHIND})`)}) h`;
const AUTHOR = `SELECT json_build_object('personId', p.id, 'email', p.email, 'name', p.name) FROM api_keys k
  JOIN people p ON p.id = k.author_person_id WHERE k.workspace_id = g.workspace_id
    AND k.id = CASE WHEN g.sent_by LIKE 'key:%' THEN substr(g.sent_by, 5)::uuid END`;
const CHAIN = `ARRAY(SELECT lower(regexp_replace(word, '^agent:', '')) FROM unnest(g.delegators) word)`;
const CHAIN_OWNERS = `CASE WHEN cardinality(g.delegators) > 0 THEN
  (SELECT json_agg(json_build_object('personId', o.owner_person_id, 'name', o.owner)) FROM agents o
   WHERE o.workspace_id = g.workspace_id AND (o.id::text = ANY(${CHAIN}) OR lower(o.name) = ANY(${CHAIN}))) END`;

const LIVE = (now: string) =>
  `g.workspace_id = a.workspace_id AND g.agent_id = a.id AND g.ended_at IS NULL AND g.until > ${now} AND g.uses < g.most_uses`;

/** The column a query over `a` (agents) says in whether there are live grants; `now` is the place of the time. */
export const hasGrantsColumn = (now: string) =>
  `EXISTS (SELECT 1 FROM approval_grants g WHERE ${LIVE(now)}) AS has_grants`;

/** All that has to be known of a live grant is much to ask for, even where there is none. */
const GRANTS = `SELECT a.id, json_agg(json_build_object('id', g.id, 'tool', g.tool, 'pattern', g.pattern, 'reasonCodes', g.reason_codes,
    'toolFacts', g.tool_facts, 'sentBy', g.sent_by, 'delegators', g.delegators, 'giver', (${GIVER}),
    'rung', g.rung, 'policyVersion', g.policy_version, 'uses', g.uses, 'mostUses', g.most_uses,
    'until', extract(epoch FROM g.until) * 1000, 'grantedBy', g.granted_by, 'grantedByName', g.granted_by_name,
    'giverDecides', ${GIVER_DECIDES('$3')}, 'owner', json_build_object('personId', a.owner_person_id, 'name', a.owner),
    'keyholders', (${HOLDERS}), 'author', (${AUTHOR}), 'delegatorOwners', ${CHAIN_OWNERS}) ORDER BY g.until, g.id) AS grants
  FROM agents a JOIN approval_grants g ON ${LIVE('$3')}
  WHERE a.workspace_id = $1 AND a.id = ANY($2::uuid[]) GROUP BY a.id`;

/**
 * The live grants of agents, by agent; those without any are absent.
 *
 * @param now milliseconds since the epoch
 */
export async function readGrants(
  sql: Sql,
  workspaceId: string,
  agentIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, readonly GrantFacts[]>> {
  if (agentIds.length === 0) return new Map();
  const [rows, people] = await Promise.all([
    sql<{ id: string; grants: readonly StoredGrant[] }>(GRANTS, [
      workspaceId,
      [...agentIds],
      new Date(now),
    ]),
    knownPeople(sql, workspaceId),
  ]);
  return new Map(rows.map(({ id, grants }) => [id, grants.map((grant) => factsOf(grant, people))]));
}

type StoredGrant = Omit<GrantFacts, 'givers' | 'giverHasPart'> & {
  readonly giver: Identity | null;
  readonly owner: Identity;
  readonly keyholders: readonly KeyHolder[] | null;
  readonly author: Identity | null;
  readonly delegatorOwners: readonly Identity[] | null;
};

/** A stored grant as decisions ask it. */
function factsOf(
  { giver, owner, keyholders, author, delegatorOwners, ...grant }: StoredGrant,
  people: readonly KnownPerson[],
): GrantFacts {
  const givers = giver === null ? [] : alsoKnownAs(giver, people);
  const behind = {
    owner,
    requesters: [],
    delegators: grant.delegators,
    delegatorOwners: delegatorOwners ?? [],
    authors: author === null ? [] : [author],
    keyholders: keyholders ?? [],
  };
  const parties = partiesFrom(behind, people);
  const giverHasPart = givers.some((self) => partOf(parties, self) !== undefined);
  return { ...grant, givers, giverHasPart };
}
