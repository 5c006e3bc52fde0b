/** What the time does to keys: those that end are told of, and what ended long ago is forgotten. */
import { KEY_WARNING_DAYS } from '@/lib/contracts';
import { sql, withTransaction, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { about } from '@/lib/services/messages/news';
import { writeMessage } from '@/lib/services/messages/write-message';
import { HISTORY_IN_PROGRESS } from './history-in-progress';

/** When the end of a key is told of, in days before it, and whether messages go out as well. The nearest one that is due is told. */
const STAGES: readonly { readonly days: number; readonly outside: boolean }[] = [
  { days: KEY_WARNING_DAYS, outside: false },
  { days: 7, outside: true },
  { days: 1, outside: true },
  { days: 0, outside: false },
];
/** Keys told of in one round. */
const ROUND = 200;

interface Ending {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly kid: string;
  readonly expiresAt: Date;
  /** The stage that is due. */
  readonly days: number;
  readonly slug: string;
  readonly workspaceName: string;
}

/** The stage of a key that is due at `now`, as days before its end: the nearest one that has begun. */
const STAGE = (now: string) =>
  `(SELECT min(days) FROM unnest('{${STAGES.map(({ days }) => days).join(',')}}'::int[]) days
    WHERE k.expires_at <= ${now}::timestamptz + make_interval(hours => days * 24))`;
/** Nothing was said since the stage began. */
const UNTOLD = (days: string) =>
  `(k.expiry_noted_at IS NULL OR k.expiry_noted_at < k.expires_at - make_interval(hours => ${days} * 24))`;

/**
 * Tells, once at each stage, that the last key of an agent ends: then it cannot sign in any more. A key that another one outlives is
 * not worth a word. Any number of processes may do this at once.
 *
 * @param now milliseconds since the epoch
 */
export async function noteKeyExpiries(now: number): Promise<void> {
  const rows = await sql<Ending>(
    `SELECT k.workspace_id AS "workspaceId", k.agent_id AS "agentId", a.name AS "agentName", k.kid, k.expires_at AS "expiresAt",
       stage.days, w.slug, w.name AS "workspaceName"
     FROM agent_keys k JOIN agents a ON a.workspace_id = k.workspace_id AND a.id = k.agent_id AND a.status <> 'revoked'
     JOIN workspaces w ON w.id = k.workspace_id CROSS JOIN LATERAL (SELECT ${STAGE('$1')} AS days) stage
     WHERE NOT ${HISTORY_IN_PROGRESS} AND k.revoked_at IS NULL AND stage.days IS NOT NULL AND ${UNTOLD('stage.days')}
       AND NOT EXISTS (SELECT 1 FROM agent_keys later WHERE later.workspace_id = k.workspace_id AND later.agent_id = k.agent_id
         AND later.revoked_at IS NULL AND (later.expires_at IS NULL OR later.expires_at > k.expires_at))
     ORDER BY k.expires_at LIMIT ${ROUND}`,
    [new Date(now)],
  );
  for (const row of rows) await withTransaction((run) => noteOne(run, row, now));
}

/** Whoever marks the key tells of it, and the mark, the message and the ledger are there together or not at all. */
async function noteOne(run: Sql, ending: Ending, now: number): Promise<void> {
  const { workspaceId, agentId, kid, expiresAt, days } = ending;
  const noted = await run(
    `UPDATE agent_keys k SET expiry_noted_at = $4 WHERE k.workspace_id = $1 AND k.agent_id = $2 AND k.kid = $3
       AND k.revoked_at IS NULL AND ${UNTOLD('$5')} RETURNING 1`,
    [workspaceId, agentId, kid, new Date(now), days],
  );
  if (noted.length === 0) return;
  const stage = STAGES.find((one) => one.days === days);
  if (stage?.outside === true) await tell(run, ending, new Date(now));
  const note = {
    kind: days === 0 ? 'agent.key_expired' : 'agent.key_expiring',
    actor: 'belay',
    subject: `agent:${agentId}`,
    body: { kid, expiresAt: expiresAt.toISOString() },
  };
  const changed = { type: 'agent.changed' as const, agentId, subjectId: agentId };
  await appendLedger(run, workspaceId, [note], [changed], now);
}

function tell(run: Sql, ending: Ending, at: Date): Promise<void> {
  const { workspaceId, agentId, agentName, kid, days, slug, workspaceName: name } = ending;
  const data = {
    ...about({ slug, name }, agentId, `agents/${agentId}?tab=identity`),
    agent: { id: agentId, name: agentName },
    key: kid,
    expiresAt: ending.expiresAt.toISOString(),
  };
  const news = { event: 'agent.key_expiring' as const, data, ownerPersonId: null };
  const once = `${agentId} ${kid} ${days} ${data.expiresAt}`;
  return writeMessage(run, workspaceId, news, { once, at, now: at });
}

/** Longer than any token lives. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;

/**
 * Nor than what was begun with one can wait for a person and then for its permit to be used. Those with a person behind them stay: that
 * person has a part in what was asked with it.
 *
 * @param now milliseconds since the epoch
 */
export const forgetEndedCredentials = (now: number) =>
  sql(
    `DELETE FROM revoked_credentials gone USING workspaces w WHERE w.id = gone.workspace_id AND gone.added_by IS NULL
    AND gone.revoked_at < $1::timestamptz - make_interval(secs => w.approval_ttl_seconds + w.permit_ttl_seconds)`,
    [new Date(now - FORGOTTEN_AFTER_MS)],
  );
