/**
 * The trust state of each agent: read under its lock, written by whoever holds it. A process remembers states it has read or written
 * by the version of their row, so that most reads bring the version alone.
 */
import { randomInt } from 'node:crypto';
import type { Sql, Statement } from '@/lib/db';
import type { Rung, TrustReading, TrustState } from '@/lib/trust';
import { bulkInsert, bulkUpdate } from './insert-rows';
import { layersRecord } from './trust-rows';

export interface TrustRow {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly state: TrustState;
  readonly reading: TrustReading;
  readonly rung: Rung;
  readonly activity: unknown;
}

export interface StoredTrust {
  readonly agentId: string;
  readonly state: TrustState;
  readonly activity: unknown;
  readonly openIncident: boolean;
}

/** The most `randomInt` draws from. */
const MAX_REVISION = 2 ** 48 - 1;

const TRUST_COLUMNS = [
  ['workspace_id', 'uuid', (row: TrustRow) => row.workspaceId],
  ['agent_id', 'uuid', (row: TrustRow) => row.agentId],
  ['state', 'json', (row: TrustRow) => JSON.stringify(row.state)],
  ['score', 'float8', (row: TrustRow) => row.reading.score],
  ['rung', 'int2', (row: TrustRow) => row.rung],
  ['layers', 'json', (row: TrustRow) => JSON.stringify(layersRecord(row.reading.layers))],
  ['activity', 'json', (row: TrustRow) => JSON.stringify(row.activity)],
  ['updated_at', 'timestamptz', (row: TrustRow) => row.reading.at],
  ['revision', 'bigint', () => randomInt(MAX_REVISION)],
] as const;

/**
 * Names one version of one row: the transaction that wrote it, its place, and a number drawn for it. Any statement that changes the row,
 * whoever sends it, gives it another transaction and place; the number tells versions apart that a crash of PostgreSQL lost
 * before they were durable, whose transaction and place are given again.
 */
const VERSION = `(t.xmin::text || ' ' || t.ctid::text || ' ' || t.revision::text)`;

/** The state an agent begins with. */
export const insertTrustStates = bulkInsert<TrustRow>('trust_states', TRUST_COLUMNS);

const updateRows = bulkUpdate<TrustRow>(
  'trust_states',
  TRUST_COLUMNS,
  ['workspace_id', 'agent_id'],
  `t.agent_id, ${VERSION} AS version`,
);

/** What an assessment left of states that the caller has locked. */
export function updateTrustStates(rows: readonly TrustRow[]): Statement[] {
  const byId = new Map(rows.map((row) => [row.agentId, row]));
  const onRows = (written: readonly unknown[]) => {
    for (const { agent_id: agentId, version } of written as readonly Versioned[]) {
      const row = byId.get(agentId);
      // Should the transaction fail, nobody will ever read this version.
      if (row !== undefined) remember(row.workspaceId, agentId, { ...row, version });
    }
  };
  return updateRows(rows).map((statement) => ({ ...statement, onRows }));
}

/** What an agent of a locked state has done, where nothing was said of its trust. */
export const updateActivities = bulkUpdate<Pick<TrustRow, 'workspaceId' | 'agentId' | 'activity'>>(
  'trust_states',
  [
    ['workspace_id', 'uuid', (row) => row.workspaceId],
    ['agent_id', 'uuid', (row) => row.agentId],
    ['activity', 'json', (row) => JSON.stringify(row.activity)],
    ['revision', 'bigint', () => randomInt(MAX_REVISION)],
  ],
  ['workspace_id', 'agent_id'],
  't.agent_id',
);

interface Versioned {
  readonly agent_id: string;
  readonly version: string;
}

/** The trust states of some agents of a workspace, locked until the transaction ends, in the one order everybody locks in. */
export const lockTrustStates = (sql: Sql, workspaceId: string, agentIds: readonly string[]) =>
  selectTrustStates(sql, workspaceId, agentIds, 'FOR UPDATE OF t');

/** The same without a lock, for whoever changes nothing. */
export const readTrustStates = (sql: Sql, workspaceId: string, agentIds: readonly string[]) =>
  selectTrustStates(sql, workspaceId, agentIds, '');

interface SelectedRow {
  readonly agent_id: string;
  readonly version: string;
  /** Null when the version is the remembered one. */
  readonly state: TrustState | null;
  readonly activity: unknown;
  readonly open_incident: boolean;
}

async function selectTrustStates(
  sql: Sql,
  workspaceId: string,
  agentIds: readonly string[],
  lock: string,
): Promise<StoredTrust[]> {
  const known = agentIds.map((agentId) => remembered.get(keyOf(workspaceId, agentId)));
  const rows = await sql<SelectedRow>(
    `SELECT t.agent_id, ${VERSION} AS version,
       CASE WHEN ${VERSION} = k.version THEN NULL ELSE t.state END AS state,
       CASE WHEN ${VERSION} = k.version THEN NULL ELSE t.activity END AS activity,
       EXISTS (SELECT 1 FROM incidents i WHERE i.workspace_id = t.workspace_id AND i.agent_id = t.agent_id AND i.state <> 'closed')
         AS open_incident
     FROM trust_states t JOIN unnest($2::uuid[], $3::text[]) AS k (agent_id, version) ON k.agent_id = t.agent_id
     WHERE t.workspace_id = $1 ORDER BY t.agent_id ${lock}`,
    [workspaceId, [...agentIds], known.map((state) => state?.version ?? null)],
  );
  const byId = new Map(agentIds.map((agentId, index) => [agentId, known[index]]));
  return rows.map(
    ({ agent_id: agentId, version, state, activity, open_incident: openIncident }) => {
      const same = state === null ? byId.get(agentId) : undefined;
      const kept =
        same ?? remember(workspaceId, agentId, { version, state: stateOf(state), activity });
      return { agentId, state: kept.state, activity: kept.activity, openIncident };
    },
  );
}

function stateOf(state: TrustState | null): TrustState {
  if (state === null) throw new Error('a trust state was not read');
  return state;
}

interface Remembered {
  readonly version: string;
  readonly state: TrustState;
  readonly activity: unknown;
}

/** States of about 2 kB each. */
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, Remembered>();

const keyOf = (workspaceId: string, agentId: string) => `${workspaceId} ${agentId}`;

/** The state that was used longest ago goes first. */
function remember(
  workspaceId: string,
  agentId: string,
  { version, state, activity }: Remembered,
): Remembered {
  const key = keyOf(workspaceId, agentId);
  const entry = { version, state, activity };
  remembered.delete(key);
  remembered.set(key, entry);
  const oldest = remembered.size > MAX_REMEMBERED ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
  return entry;
}
