import { actorRef, requirePermission } from '@/lib/auth';
import type { AgentDetail, AgentInput } from '@/lib/contracts';
import { newId, send, withTransaction, type Sql } from '@/lib/db';
import { currentLadder, insertScorePoints, insertTrustStates } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { defaultTrustConfig, emptyState, readTrust, type Debt } from '@/lib/trust';
import { addAgentKey, thumbprintOf } from './agent-keys';
import { inheritedDebt } from './debts';
import { getAgent } from './get';

/**
 * Registers an agent on the lowest rung, with the debts of whoever had its key, or its owner and name, before.
 *
 * @throws DomainError `forbidden`, `key_in_use`, `expiry_past`
 */
export async function registerAgent(
  context: ServiceContext,
  input: AgentInput,
): Promise<AgentDetail> {
  const { actor } = context;
  requirePermission(actor, 'agents.edit');
  const id = newId();
  await withTransaction(async (sql) => {
    const debt = await inheritedDebt(sql, {
      workspaceId: actor.workspaceId,
      kid: thumbprintOf(input.publicKey),
      owner: input.owner,
      name: input.name,
      now: context.now,
    });
    await insertAgent(sql, context, id, input);
    const kid = await addAgentKey(sql, context, {
      agentId: id,
      publicKey: input.publicKey,
      expiresAt: input.keyExpiresAt,
    });
    await insertFirstTrust(sql, context, id, emptyState(context.now.getTime(), debt));
    const { name, version, owner, purpose, pact, tags } = input;
    const body = { name, version, owner, purpose, pact, tags, kid };
    const note = noteOf(context, 'agent.registered', `agent:${id}`, body);
    await record(
      sql,
      context,
      [{ ...note, body: withDebt(note.body, debt) }],
      [{ type: 'agent.changed', agentId: id, subjectId: id }],
    );
  });
  return getAgent(context, id);
}

/**
 * With the debt in the ledger, every later score can be computed again from it. It is numbers alone, and stays as it is: one
 * in ten times in milliseconds has the check digit of a card number, and would be redacted.
 */
function withDebt(body: unknown, debt: Debt | undefined): unknown {
  return { ...(body as object), debt: debt ?? null };
}

async function insertAgent(
  sql: Sql,
  { actor, now }: ServiceContext,
  id: string,
  input: AgentInput,
): Promise<void> {
  const by = actorRef(actor);
  await sql(
    `INSERT INTO agents (workspace_id, id, name, version, owner, owner_person_id, purpose, tags, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, (SELECT p.id FROM people p JOIN memberships m ON m.person_id = p.id
       WHERE m.workspace_id = $1 AND p.email = lower($5)), $6, $7, $8, $9)`,
    [
      actor.workspaceId,
      id,
      input.name,
      input.version,
      input.owner,
      input.purpose,
      input.tags,
      by,
      now,
    ],
  );
  await sql(
    'INSERT INTO agent_versions (workspace_id, agent_id, version, first_seen_at) VALUES ($1, $2, $3, $4)',
    [actor.workspaceId, id, input.version, now],
  );
  await sql(
    'INSERT INTO pacts (workspace_id, agent_id, version, body, created_by, created_at) VALUES ($1, $2, 1, $3::jsonb, $4, $5)',
    [actor.workspaceId, id, JSON.stringify(input.pact), by, now],
  );
}

async function insertFirstTrust(
  sql: Sql,
  { actor, now }: ServiceContext,
  agentId: string,
  state: ReturnType<typeof emptyState>,
): Promise<void> {
  const { workspaceId } = actor;
  const reading = readTrust(state, defaultTrustConfig, now.getTime());
  const ladder = await currentLadder(sql, workspaceId);
  const row = { workspaceId, agentId, reading, rung: state.ladder.rung };
  await send(sql, [
    ...insertTrustStates([{ ...row, state, activity: {} }]),
    ...insertScorePoints([{ ...row, at: now.getTime(), ladderVersion: ladder.version }]),
  ]);
}
