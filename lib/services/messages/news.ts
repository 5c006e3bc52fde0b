/** What an announcement amounts to for somebody outside: one table entry a kind of thing that can be told. */
import type { EventType, Message, MessageEvent } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { env } from '@/lib/env';
import { redact } from '@/lib/ledger';

export interface NewsWorkspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly withArguments: boolean;
}

export interface Heard {
  readonly type: EventType | 'approval.escalated';
  readonly subjectId: string;
  readonly at: Date;
}

export interface News {
  readonly event: MessageEvent;
  readonly data: Message['data'];
  /** The owner of the agent hears nothing personally of what they may not decide. */
  readonly ownerPersonId: string | null;
}

type Tell = (sql: Sql, workspace: NewsWorkspace, heard: Heard) => Promise<News | undefined>;

/** Announcements that are told, by type. The rest concerns only open browsers. */
const TELLERS: Readonly<Partial<Record<Heard['type'], Tell>>> = {
  'approval.opened': (...heard) => approvalNews('approval.requested', ...heard),
  'approval.escalated': (...heard) => approvalNews('approval.escalated', ...heard),
  'approval.changed': async (...heard) =>
    (await closedNews(...heard)) ??
    ((await wasEscalated(...heard)) ? approvalNews('approval.escalated', ...heard) : undefined),
  'approval.closed': closedNews,
  'incident.changed': incidentNews,
  'switch.changed': switchNews,
};

/** The types of announcements that can be told. */
export const TOLD: readonly string[] = Object.keys(TELLERS);

/** @returns nothing when there is nothing to tell, or what it was about is gone */
export async function newsOf(
  sql: Sql,
  workspace: NewsWorkspace,
  heard: Heard,
): Promise<News | undefined> {
  return TELLERS[heard.type]?.(sql, workspace, heard);
}

/**
 * How an approval ended, once that is certain: a verdict that can still be taken back is told when it counts, which is announced as
 * a change.
 */
async function closedNews(
  sql: Sql,
  workspace: NewsWorkspace,
  heard: Heard,
): Promise<News | undefined> {
  const ended = await sql(
    `SELECT 1 FROM approvals ap WHERE workspace_id = $1 AND id = $2 AND state <> 'pending'
       AND NOT EXISTS (SELECT 1 FROM due_verdicts v WHERE v.workspace_id = ap.workspace_id AND v.approval_id = ap.id)`,
    [workspace.id, heard.subjectId],
  );
  return ended.length === 0 ? undefined : approvalNews('approval.closed', sql, workspace, heard);
}

interface ApprovalFacts {
  readonly agentId: string;
  readonly agentName: string;
  readonly ownerPersonId: string | null;
  readonly tool: string;
  readonly risk: NonNullable<Message['data']['risk']>;
  readonly state: string;
  readonly expiresAt: Date;
  readonly arguments: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  /** Belay made the call up. */
  readonly seeded: boolean;
}

async function approvalNews(
  event: MessageEvent,
  sql: Sql,
  workspace: NewsWorkspace,
  { subjectId }: Heard,
): Promise<News | undefined> {
  const [row] = await sql<ApprovalFacts>(
    `SELECT ap.agent_id AS "agentId", a.name AS "agentName", a.owner_person_id AS "ownerPersonId", ap.tool, ap.risk, ap.state,
       ap.expires_at AS "expiresAt", d.arguments, d.resource, d.seeded
     FROM approvals ap
     JOIN agents a ON a.workspace_id = ap.workspace_id AND a.id = ap.agent_id
     JOIN decisions d ON d.workspace_id = ap.workspace_id AND d.id = ap.decision_id
     WHERE ap.workspace_id = $1 AND ap.id = $2`,
    [workspace.id, subjectId],
  );
  if (row === undefined) return undefined;
  const { agentId, agentName, ownerPersonId, tool, risk, state, expiresAt } = row;
  const isClosed = event === 'approval.closed';
  return {
    event,
    ownerPersonId,
    data: {
      ...about(workspace, subjectId, `approvals/${subjectId}`),
      agent: { id: agentId, name: agentName },
      tool,
      risk,
      ...(isClosed
        ? { state, ...(row.seeded ? { canary: true as const } : {}) }
        : { expiresAt: expiresAt.toISOString() }),
      ...(workspace.withArguments ? letOut(row) : {}),
    },
  };
}

/** Without the secrets in them; what is redacted as a whole is left out as a whole. */
function letOut({ arguments: args, resource }: ApprovalFacts): Partial<Message['data']> {
  return {
    arguments: redact(args) as NonNullable<Message['data']['arguments']>,
    resource: redact(resource) as NonNullable<Message['data']['resource']>,
  };
}

/** Rules that escalate write the ledger; the announcement alone says only that something changed. */
async function wasEscalated(
  sql: Sql,
  { id }: NewsWorkspace,
  { subjectId }: Heard,
): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM ledger_entries WHERE workspace_id = $1 AND subject = $2 AND kind = 'approval.escalated' LIMIT 1`,
    [id, `approval:${subjectId}`],
  );
  return rows.length > 0;
}

/** Between what happened and its announcement lies one transaction. */
const ONE_TRANSACTION_MS = 10_000;
const isNew = (happened: Date, announced: Date): boolean =>
  announced.getTime() - happened.getTime() < ONE_TRANSACTION_MS;

/** An incident that is told was opened by this very announcement; later changes of it are not. */
async function incidentNews(
  sql: Sql,
  workspace: NewsWorkspace,
  { subjectId, at }: Heard,
): Promise<News | undefined> {
  const [row] = await sql<{
    agentId: string;
    agentName: string;
    severity: number;
    title: string;
    openedAt: Date;
  }>(
    `SELECT i.agent_id AS "agentId", a.name AS "agentName", i.severity, i.title, i.opened_at AS "openedAt"
     FROM incidents i JOIN agents a ON a.workspace_id = i.workspace_id AND a.id = i.agent_id
     WHERE i.workspace_id = $1 AND i.id = $2`,
    [workspace.id, subjectId],
  );
  if (row === undefined || !isNew(row.openedAt, at)) return undefined;
  const { agentId, agentName, severity, title } = row;
  return {
    event: 'incident.opened',
    ownerPersonId: null,
    data: {
      ...about(workspace, subjectId, `incidents?incident=${subjectId}`),
      agent: { id: agentId, name: agentName },
      severity,
      title,
    },
  };
}

async function switchNews(
  sql: Sql,
  workspace: NewsWorkspace,
  { subjectId, at }: Heard,
): Promise<News | undefined> {
  const [row] = await sql<{ type: string; value: string | null; setAt: Date }>(
    `SELECT scope_type AS type, coalesce(a.name, scope_value) AS value, set_at AS "setAt"
     FROM kill_switches k LEFT JOIN agents a ON a.workspace_id = k.workspace_id AND k.scope_type = 'agent'
       AND a.id::text = k.scope_value
     WHERE k.workspace_id = $1 AND k.id = $2`,
    [workspace.id, subjectId],
  );
  if (row === undefined || !isNew(row.setAt, at)) return undefined;
  const scope = row.value === null ? row.type : `${row.type} ${row.value}`;
  return {
    event: 'kill_switch.set',
    ownerPersonId: null,
    data: { ...about(workspace, subjectId, 'kill-switches'), scope },
  };
}

/** What every message has: where to look, and what it is about. */
export function about(
  { slug, name }: Pick<NewsWorkspace, 'slug' | 'name'>,
  subject: string,
  path: string,
) {
  return { link: `${env().url}/${slug}/${path}`, workspace: { slug, name }, subject };
}
