/** The verbs of issuers of identities, and of what their subjects stand for. */
import { actorRef, personBehind, requirePermission, requireRecentSignIn } from '@/lib/auth';
import { acceptedAudiences } from '@/lib/auth/agents';
import {
  DomainError,
  notFound,
  type IdentityIssuer,
  type IdentityIssuerInput,
  type IdentityIssuerList,
  type IdentitySubjectInput,
} from '@/lib/contracts';
import { newId, sql as query, withTransaction, type Sql } from '@/lib/db';
import { knownPeople, somebodyElseDecides } from '@/lib/decide';
import { env } from '@/lib/env';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import { endCredentials } from '@/lib/services/agents/end-credentials';
import { requireAgent } from '@/lib/services/agents/lock';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { AddressRefused, refuseLiteral } from '@/lib/services/messages/guard';
import { noteOf, record } from '@/lib/services/record';
import { keysAt } from './issuer-keys';
import { selectIssuers } from './issuer-rows';

/** Most issuers of a workspace. */
const MOST_ISSUERS = 20;

/** @throws DomainError `forbidden` */
export async function listIdentityIssuers({ actor }: ServiceContext): Promise<IdentityIssuerList> {
  requirePermission(actor, 'workspace.read');
  return {
    items: await selectIssuers(query, actor.workspaceId),
    audiences: [...acceptedAudiences()],
  };
}

/** Believing an issuer is as good as handing out the keys of its agents. */
export function requireMayChange({ actor, now }: ServiceContext): void {
  requirePermission(actor, 'workspace.manage');
  if (actor.kind === 'person')
    requireRecentSignIn(actor, now, 'Who is believed about identities is changed');
}

/**
 * @throws DomainError `forbidden`, `recent_sign_in_needed`, `not_found` for an agent, `issuer_exists`, `too_many_issuers`,
 *   `address_refused`, `subject_taken`
 */
export async function addIdentityIssuer(
  context: ServiceContext,
  input: IdentityIssuerInput,
): Promise<IdentityIssuer> {
  const { actor, now } = context;
  requireMayChange(context);
  if (input.jwksUrl !== undefined) refuseUrl(input.jwksUrl);
  const id = newId();
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, actor.workspaceId);
    await requireRoom(sql, actor.workspaceId, input.issuer);
    await sql(
      `INSERT INTO identity_issuers (workspace_id, id, kind, name, issuer, jwks_url, jwks, algorithms, created_by,
         created_by_name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11)`,
      [
        actor.workspaceId,
        id,
        input.kind,
        input.name,
        input.issuer,
        input.jwksUrl ?? null,
        input.jwks === undefined ? null : JSON.stringify(input.jwks),
        input.algorithms,
        actorRef(actor),
        actor.name,
        now,
      ],
    );
    for (const subject of input.subjects) await insertSubject(sql, context, id, subject);
    const { kind, name, issuer, jwksUrl = null, jwks = null, algorithms, subjects } = input;
    const keys = { jwksUrl, jwksSha256: digestOf(jwks) };
    const body = { kind, name, issuer, ...keys, algorithms, subjects };
    await note(sql, context, 'identity_issuer.added', id, body);
  });
  return requireIssuer(actor.workspaceId, id);
}

export async function requireIssuer(
  workspaceId: string,
  id: string,
  sql: Sql = query,
): Promise<IdentityIssuer> {
  const found = (await selectIssuers(sql, workspaceId)).find((issuer) => issuer.id === id);
  if (found === undefined) throw notFound('issuer');
  return found;
}

/** Which keys were given: SHA-256 of their canonical text (RFC 8785), so that the order of members says nothing. */
export const digestOf = (jwks: IdentityIssuer['jwks']): string | null =>
  jwks === null ? null : sha256Hex(canonicalText(jwks));

/**
 * Asks for the keys of an issuer as a token would, at most every half minute. Decides nothing; those that were given are looked at.
 *
 * @throws DomainError `forbidden`, `not_found`
 */
export async function tryIdentityIssuer(
  { actor, now }: ServiceContext,
  given: string,
): Promise<IdentityIssuer> {
  requirePermission(actor, 'workspace.manage');
  const { workspaceId } = actor;
  const id = requireId(given, 'issuer');
  const { jwksUrl: url } = await requireIssuer(workspaceId, id);
  if (url !== null) await keysAt({ workspaceId, url }, now.getTime(), { newer: true });
  return requireIssuer(workspaceId, id);
}

/** An issuer's keys come over TLS, but for a machine the operator said may be inside. */
export function refuseUrl(address: string): void {
  const url = new URL(address);
  if (url.protocol !== 'https:' && !env().privateTargets)
    throw refusedAddress('The keys of an issuer are fetched over https.');
  try {
    refuseLiteral(url);
  } catch (error) {
    if (error instanceof AddressRefused) throw refusedAddress(error.message);
    throw error;
  }
}

const refusedAddress = (message: string) =>
  new DomainError('unprocessable', 'address_refused', message);

async function requireRoom(sql: Sql, workspaceId: string, issuer: string): Promise<void> {
  const rows = await sql<{ issuer: string }>(
    'SELECT issuer FROM identity_issuers WHERE workspace_id = $1',
    [workspaceId],
  );
  if (rows.some((row) => row.issuer === issuer))
    throw new DomainError('conflict', 'issuer_exists', 'This issuer is configured already.');
  if (rows.length >= MOST_ISSUERS)
    throw new DomainError(
      'conflict',
      'too_many_issuers',
      `A workspace believes at most ${MOST_ISSUERS} issuers.`,
    );
}

/**
 * Says which agent a subject stands for. Whoever says so has a part in what the agent does, as if they had put in its key.
 *
 * @throws DomainError `forbidden`, `recent_sign_in_needed`, `not_found`, `subject_taken`
 */
export async function addIdentitySubject(
  context: ServiceContext,
  issuerId: string,
  input: IdentitySubjectInput,
): Promise<IdentityIssuer> {
  requireMayChange(context);
  const { workspaceId } = context.actor;
  const id = requireId(issuerId, 'issuer');
  await requireIssuer(workspaceId, id);
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, workspaceId);
    await insertSubject(sql, context, id, input);
    await note(sql, context, 'identity_subject.added', id, { ...input });
  });
  return requireIssuer(workspaceId, id);
}

/** Who has a part in what subjects do because of what they say now. */
export async function whoSays(
  sql: Sql,
  actor: ServiceContext['actor'],
): Promise<{ addedBy: string | null; addedAlone: boolean }> {
  const person = personBehind(actor);
  const addedAlone =
    person === null || !somebodyElseDecides(person, await knownPeople(sql, actor.workspaceId));
  return { addedBy: person?.personId ?? null, addedAlone };
}

async function insertSubject(
  sql: Sql,
  { actor, now }: ServiceContext,
  issuerId: string,
  { subject, agentId }: IdentitySubjectInput,
): Promise<void> {
  const { workspaceId } = actor;
  const agent = await requireAgent(sql, workspaceId, requireId(agentId, 'agent'));
  const { addedBy, addedAlone } = await whoSays(sql, actor);
  const added = await sql(
    `INSERT INTO identity_subjects (workspace_id, id, issuer_id, subject, agent_id, added_by, added_alone, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (workspace_id, issuer_id, subject) DO NOTHING RETURNING 1`,
    [workspaceId, newId(), issuerId, subject, agent.id, addedBy, addedAlone, now],
  );
  if (added.length > 0) return;
  throw new DomainError(
    'conflict',
    'subject_taken',
    `The subject "${subject.slice(0, 200)}" stands for an agent already.`,
  );
}

/**
 * Its tokens count no longer, and those of agents that signed in with them end at their next request.
 *
 * @throws DomainError `forbidden`, `not_found`
 */
export async function removeIdentityIssuer(context: ServiceContext, id: string): Promise<void> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  const { name, issuer } = await requireIssuer(actor.workspaceId, requireId(id, 'issuer'));
  await remove(context, { table: 'identity_issuers', id }, 'issuer_id', (sql) =>
    note(sql, context, 'identity_issuer.removed', id, { name, issuer }),
  );
}

/** The same for one subject. @throws DomainError `forbidden`, `not_found` */
export async function removeIdentitySubject(
  context: ServiceContext,
  issuerId: string,
  subjectId: string,
): Promise<void> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  const { subjects } = await requireIssuer(actor.workspaceId, requireId(issuerId, 'issuer'));
  const found = subjects.find(({ id }) => id === subjectId.toLowerCase());
  if (found === undefined) throw notFound('subject');
  const { subject, agentId } = found;
  await remove(context, { table: 'identity_subjects', id: found.id }, 'id', (sql) =>
    note(sql, context, 'identity_subject.removed', issuerId, { subject, agentId }),
  );
}

async function remove(
  context: ServiceContext,
  { table, id }: { table: 'identity_issuers' | 'identity_subjects'; id: string },
  ofSubjects: 'issuer_id' | 'id',
  last: (sql: Sql) => Promise<void>,
): Promise<void> {
  const { workspaceId } = context.actor;
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, workspaceId);
    await endSubjects(sql, context, ofSubjects, id);
    await sql(`DELETE FROM ${table} WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
    await last(sql);
  });
}

/** Ends the tokens that agents got as these subjects. @returns the ids they were got under */
export async function endSubjects(
  sql: Sql,
  { actor, now }: ServiceContext,
  by: 'issuer_id' | 'id',
  id: string,
): Promise<string[]> {
  const ended = await sql<{
    agent_id: string;
    id: string;
    added_by: string | null;
    added_alone: boolean;
  }>(
    `SELECT agent_id, id, added_by, added_alone FROM identity_subjects WHERE workspace_id = $1 AND ${by} = $2`,
    [actor.workspaceId, id],
  );
  const credentials = ended.map((row) => ({
    agentId: row.agent_id,
    credential: `subject:${row.id}`,
    addedBy: row.added_by,
    addedAlone: row.added_alone,
  }));
  await endCredentials(sql, actor.workspaceId, credentials, now);
  return ended.map((row) => row.id);
}

export function note(
  sql: Sql,
  context: ServiceContext,
  kind: string,
  issuerId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  return record(
    sql,
    context,
    [noteOf(context, kind, `identity-issuer:${issuerId}`, body)],
    [{ type: 'workspace.changed', subjectId: context.actor.workspaceId }],
  );
}
