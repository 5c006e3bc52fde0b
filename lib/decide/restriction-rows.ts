/** The rows of restrictions: put in force in the transaction of the signal, lifted by a login or by a person. */
import type { RestrictionKind } from '@/lib/contracts';
import { withTransaction, sql as query, type Sql } from '@/lib/db';
import type { RestrictionFacts } from './facts';
import { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';
import type { NewRestriction } from './restrictions';
import { lockTrustStates } from './trust-states';

export interface Written {
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

/**
 * Puts restrictions on an agent whose trust state the caller has locked. One that is in force already is prolonged, if it
 * would end sooner.
 */
export async function imposeRestrictions(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  restrictions: readonly NewRestriction[],
  now: number,
): Promise<Written> {
  const notes: LedgerNote[] = [];
  for (const item of restrictions) {
    await closeOver(sql, workspaceId, agentId, item.kind, now);
    const [row] = await sql<{ id: string; inserted: boolean }>(
      `INSERT INTO agent_restrictions
         (workspace_id, id, agent_id, kind, reason, signal_kind, signal_id, decision_id, since, until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (workspace_id, agent_id, kind) WHERE lifted_at IS NULL DO UPDATE SET until = excluded.until
         WHERE agent_restrictions.until < excluded.until
       RETURNING id, (xmax = 0) AS inserted`,
      [
        workspaceId,
        item.id,
        agentId,
        item.kind,
        item.reason,
        item.signalKind,
        item.signalId,
        item.decisionId,
        new Date(item.since),
        item.until === null ? null : new Date(item.until),
      ],
    );
    if (row !== undefined) notes.push(noteOf(agentId, item, row));
  }
  if (notes.length === 0) return { notes, announcements: [] };
  return { notes, announcements: [{ type: 'agent.changed', agentId, subjectId: agentId }] };
}

/** Time ends a restriction by itself; its row is closed when the next one of its kind comes. */
async function closeOver(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  kind: RestrictionKind,
  now: number,
): Promise<void> {
  await sql(
    `UPDATE agent_restrictions SET lifted_at = until, lifted_by = 'belay', lift_reason = 'Its time was over.'
     WHERE workspace_id = $1 AND agent_id = $2 AND kind = $3 AND lifted_at IS NULL AND until <= $4`,
    [workspaceId, agentId, kind, new Date(now)],
  );
}

function noteOf(
  agentId: string,
  item: NewRestriction,
  row: { id: string; inserted: boolean },
): LedgerNote {
  return {
    kind: row.inserted ? 'restriction.imposed' : 'restriction.prolonged',
    actor: 'belay',
    subject: `restriction:${row.id}`,
    body: {
      agent: agentId,
      kind: item.kind,
      signal: item.signalId,
      signalKind: item.signalKind,
      decision: item.decisionId,
      until: item.until === null ? null : new Date(item.until).toISOString(),
    },
  };
}

/** The column a query over `a` (agents) reads restrictions in force from, as JSON; `$now` is the place of the time. */
export const restrictionsColumn = (now: string) =>
  `(SELECT json_agg(json_build_object('id', r.id, 'kind', r.kind, 'reason', r.reason,
      'since', extract(epoch FROM r.since) * 1000, 'until', extract(epoch FROM r.until) * 1000))
    FROM agent_restrictions r WHERE r.workspace_id = a.workspace_id AND r.agent_id = a.id AND r.lifted_at IS NULL
      AND (r.until IS NULL OR r.until > ${now})) AS restrictions`;

export type RestrictionsColumn = readonly RestrictionFacts[] | null;

/**
 * An agent proved its key anew: the re-verification it was asked for is done.
 *
 * @param now milliseconds since the epoch
 */
export async function endReverification(
  workspaceId: string,
  agentId: string,
  now: number,
): Promise<void> {
  const asked = await query(
    `SELECT 1 FROM agent_restrictions WHERE workspace_id = $1 AND agent_id = $2 AND kind = 'reverify' AND lifted_at IS NULL`,
    [workspaceId, agentId],
  );
  if (asked.length === 0) return;
  await withTransaction(async (sql) => {
    await lockTrustStates(sql, workspaceId, [agentId]);
    const ended = await sql<{ id: string }>(
      `UPDATE agent_restrictions SET lifted_at = $3, lifted_by = $4, lift_reason = 'The agent logged in again with its key.'
       WHERE workspace_id = $1 AND agent_id = $2 AND kind = 'reverify' AND lifted_at IS NULL RETURNING id`,
      [workspaceId, agentId, new Date(now), `agent:${agentId}`],
    );
    const notes = ended.map(({ id }): LedgerNote => ({
      kind: 'restriction.lifted',
      actor: `agent:${agentId}`,
      subject: `restriction:${id}`,
      body: { agent: agentId, kind: 'reverify', reason: 'The agent logged in again with its key.' },
    }));
    if (notes.length === 0) return;
    const announcement = { type: 'agent.changed' as const, agentId, subjectId: agentId };
    await appendLedger(sql, workspaceId, notes, [announcement], now);
  });
}
