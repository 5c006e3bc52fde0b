/** The rows of grants: counted and ended in the transaction of the decision. */
import { withTransaction, type Sql } from '@/lib/db';
import type { Granting } from './grants';
import { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';
import { lockTrustStates } from './trust-states';

/** What became of grants with one decision. */
export interface GrantedRow extends Granting {
  readonly agentId: string;
  readonly decisionId: string;
  /** Who asked for the action. */
  readonly actor: string;
}

export interface WrittenGrants {
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

/**
 * Counts uses and writes down ends. The caller has locked the trust states of the agents, which is what orders the uses of a
 * grant, and appends what is returned to the ledger.
 *
 * @param now milliseconds since the epoch
 */
export async function writeGrants(
  sql: Sql,
  workspaceId: string,
  rows: readonly GrantedRow[],
  now: number,
): Promise<WrittenGrants> {
  const notes: LedgerNote[] = [];
  const agents = new Set<string>();
  for (const { agentId, decisionId, actor, used, ended } of rows) {
    if (used === undefined && ended.length === 0) continue;
    agents.add(agentId);
    if (used !== undefined) {
      await sql(
        'UPDATE approval_grants SET uses = $3, last_used_at = $4, unused_told_at = NULL WHERE workspace_id = $1 AND id = $2',
        [workspaceId, used.id, used.uses + 1, new Date(now)],
      );
      const body = { agent: agentId, decision: decisionId, use: used.uses + 1, of: used.mostUses };
      notes.push({ kind: 'grant.used', actor, subject: `grant:${used.id}`, body });
      if (used.uses + 1 === used.mostUses) notes.push(...(await end(used.id, USED_UP)));
    }
    for (const { grant, code, text } of ended) notes.push(...(await end(grant.id, { code, text })));
  }
  return {
    notes,
    announcements: [...agents].map((agentId) => ({
      type: 'agent.changed',
      agentId,
      subjectId: agentId,
    })),
  };

  async function end(id: string, why: Ending): Promise<LedgerNote[]> {
    const which = { text: 'g.id = $6', value: id };
    return (await endGrants(sql, { workspaceId, which, why, endedBy: 'belay', now })).notes;
  }
}

interface Ending {
  readonly code: string;
  readonly text: string;
}
const USED_UP: Ending = { code: 'used_up', text: 'All its uses were used.' };
const EXPIRED: Ending = { code: 'expired', text: 'Its time was over.' };

/**
 * Ends grants that nothing has ended yet. The caller appends what is returned to the ledger.
 *
 * @param which.text a condition over `g` (grants) and `a` (their agents), with the place `$6` for its value
 */
export async function endGrants(
  sql: Sql,
  ends: {
    workspaceId: string;
    which: { text: string; value: string | null };
    why: Ending;
    endedBy: string;
    /** Milliseconds since the epoch. */
    now: number;
  },
): Promise<WrittenGrants> {
  const { workspaceId, which, why, endedBy, now } = ends;
  const rows = await sql<{ id: string; agent_id: string; uses: number }>(
    `UPDATE approval_grants g SET ended_at = $2, ended_by = $3, end_code = $4, end_text = $5 FROM agents a
     WHERE g.workspace_id = $1 AND g.ended_at IS NULL AND a.workspace_id = g.workspace_id AND a.id = g.agent_id
       AND ${which.text} RETURNING g.id, g.agent_id, g.uses`,
    [workspaceId, new Date(now), endedBy, why.code, why.text, which.value],
  );
  return {
    notes: rows.map(({ id, agent_id: agent, uses }) => ({
      kind: 'grant.ended',
      actor: endedBy,
      subject: `grant:${id}`,
      body: { agent, uses, why: why.code },
    })),
    announcements: rows.map(({ agent_id: agentId }) => ({
      type: 'agent.changed',
      agentId,
      subjectId: agentId,
    })),
  };
}

/** Closes grants whose time is over. @param now milliseconds since the epoch */
export async function expireGrants(now: number): Promise<void> {
  const workspaces = await withTransaction((sql) =>
    sql<{ id: string }>(
      'SELECT DISTINCT workspace_id AS id FROM approval_grants WHERE ended_at IS NULL AND until <= $1',
      [new Date(now)],
    ),
  );
  for (const { id: workspaceId } of workspaces)
    await withTransaction(async (sql) => {
      const agents = await sql<{ id: string }>(
        `SELECT DISTINCT agent_id AS id FROM approval_grants WHERE workspace_id = $1 AND ended_at IS NULL AND until <= $2
         ORDER BY agent_id`,
        [workspaceId, new Date(now)],
      );
      // As a batch does before it touches grants of an agent.
      await lockTrustStates(
        sql,
        workspaceId,
        agents.map(({ id }) => id),
      );
      const which = { text: 'g.until <= $6::timestamptz', value: new Date(now).toISOString() };
      const ends = { workspaceId, which, why: EXPIRED, endedBy: 'belay', now };
      const { notes, announcements } = await endGrants(sql, ends);
      if (notes.length > 0) await appendLedger(sql, workspaceId, notes, announcements, now);
    });
}
