/**
 * Decides a batch of actions inside one transaction: reads what holds, decides each action in memory in order, writes every row
 * with one statement a table, extends the ledger last. Nothing here answers anybody: the caller does, after the commit.
 */
import { DomainError, notFound } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import { redact } from '@/lib/ledger';
import type { Outcome, Reason } from '@/lib/policy';
import { lockAgents, readSessions, type OwnedSession } from './agent-facts';
import { evidenceRecord, signalRow } from './apply-signals';
import { decideAction, type Verdict } from './decide-action';
import {
  insertApprovals,
  insertDecisions,
  insertPermits,
  permitOf,
  type DecisionRow,
} from './decision-rows';
import type { AgentFacts, Proposal, WorkspaceFacts } from './facts';
import { openIncident } from './incidents';
import { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';
import {
  insertScorePoints,
  insertSignals,
  layersRecord,
  upsertTrustStates,
  type LayersRecord,
} from './trust-rows';
import { lockWorkspaceFacts, toolFacts } from './workspace-facts';

/** A committed decision, as the agent will read it. Times in milliseconds since the epoch. */
export interface Decided {
  readonly id: string;
  readonly agentId: string;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly trust: { readonly score: number; readonly rung: number; readonly layers: LayersRecord };
  readonly digest: string;
  readonly approval: { readonly id: string; readonly expiresAt: number } | undefined;
  readonly permit: { readonly id: string; readonly expiresAt: number } | undefined;
}

export type ItemResult = Decided | DomainError;

/**
 * @param now milliseconds since the epoch, one for the whole batch
 * @returns a result for each proposal, in order: decided, or refused for a reason of its own
 */
export async function decideBatch(
  sql: Sql,
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<ItemResult[]> {
  const workspace = await lockWorkspaceFacts(sql, workspaceId);
  const agents = await lockAgents(
    sql,
    workspaceId,
    distinct(proposals.map(({ agentId }) => agentId)),
    now,
  );
  const sessions = await readSessions(
    sql,
    workspaceId,
    distinct(proposals.flatMap(({ sessionId }) => sessionId ?? [])),
  );
  const results = proposals.map((proposal) =>
    decideOne({ workspace, agents, sessions, now }, proposal),
  );
  const rows = results.filter((result): result is DecisionRow => !(result instanceof DomainError));
  await writeDecisions(sql, rows);
  await writeTrust(sql, workspace, rows, agents, now);
  const consequences = await openIncidents(sql, workspaceId, rows, now);
  await touchAgents(sql, workspaceId, [...agents.keys()], now);
  await appendLedger(
    sql,
    workspaceId,
    [...rows.map(decisionNote), ...consequences.notes],
    [...rows.flatMap(announce), ...consequences.announcements],
    now,
  );
  return results.map((result) => (result instanceof DomainError ? result : decidedOf(result)));
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort();

interface BatchFacts {
  readonly workspace: WorkspaceFacts;
  /** Updated as the batch goes: the next action of an agent sees what the one before left. */
  readonly agents: Map<string, AgentFacts>;
  readonly sessions: ReadonlyMap<string, OwnedSession>;
  readonly now: number;
}

function decideOne(
  { workspace, agents, sessions, now }: BatchFacts,
  proposal: Proposal,
): DecisionRow | DomainError {
  const agent = agents.get(proposal.agentId);
  if (agent === undefined) return notFound('agent');
  const session = proposal.sessionId === undefined ? undefined : sessions.get(proposal.sessionId);
  if (session?.agentId !== undefined && session.agentId !== agent.id) {
    return new DomainError(
      'unprocessable',
      'foreign_session',
      'The session belongs to another agent.',
    );
  }
  const tool = toolFacts(workspace, proposal.tool);
  const verdict = decideAction(
    { workspace, agent, tool, session, now, newId: () => newId(now) },
    proposal,
  );
  const { state, reading, opensIncident } = verdict.assessment;
  agents.set(agent.id, {
    ...agent,
    state,
    activity: verdict.activity,
    openIncident: agent.openIncident || opensIncident !== null,
    pinnedRung: opensIncident === 1 ? null : agent.pinnedRung,
  });
  return {
    workspace,
    proposal,
    tool,
    verdict,
    now,
    trust: { score: reading.score, rung: verdict.rung, layers: layersRecord(reading.layers) },
    approval:
      verdict.outcome === 'require_approval'
        ? { id: newId(now), expiresAt: now + workspace.approvalTtlSeconds * 1000 }
        : undefined,
    permit:
      verdict.outcome === 'allow'
        ? { id: newId(now), expiresAt: now + workspace.permitTtlSeconds * 1000 }
        : undefined,
  };
}

async function writeDecisions(sql: Sql, rows: readonly DecisionRow[]): Promise<void> {
  await insertDecisions(sql, rows);
  await insertApprovals(
    sql,
    rows.flatMap((row) => (row.approval === undefined ? [] : [{ ...row, approval: row.approval }])),
  );
  await insertPermits(
    sql,
    rows.flatMap((row) =>
      row.permit === undefined ? [] : [permitOf({ ...row, permit: row.permit })],
    ),
  );
}

/** One state and one point of the score an agent and batch: what the last of its actions left. */
async function writeTrust(
  sql: Sql,
  workspace: WorkspaceFacts,
  rows: readonly DecisionRow[],
  agents: ReadonlyMap<string, AgentFacts>,
  now: number,
): Promise<void> {
  await insertSignals(
    sql,
    rows.flatMap(({ proposal, verdict }) =>
      verdict.evidence.map((item) =>
        signalRow(
          workspace.id,
          proposal.agentId,
          { ...item, decisionId: verdict.id },
          verdict.assessment,
        ),
      ),
    ),
  );
  const last = new Map(rows.map(({ proposal, verdict }) => [proposal.agentId, verdict]));
  const states = [...last].map(([agentId, { assessment, activity }]) => ({
    workspaceId: workspace.id,
    agentId,
    state: agents.get(agentId)?.state ?? assessment.state,
    reading: assessment.reading,
    rung: assessment.rung,
    activity,
  }));
  await upsertTrustStates(sql, states);
  await insertScorePoints(
    sql,
    states.map((row) => ({ ...row, at: now, ladderVersion: workspace.ladder.version })),
  );
}

async function openIncidents(
  sql: Sql,
  workspaceId: string,
  rows: readonly DecisionRow[],
  now: number,
) {
  const notes: LedgerNote[] = [];
  const announcements: Announcement[] = [];
  for (const { proposal, verdict } of rows) {
    const { assessment } = verdict;
    if (assessment.opensIncident === null) continue;
    const evidence = verdict.evidence.map((item) => ({ ...item, decisionId: verdict.id }));
    const opened = await openIncident(sql, {
      workspaceId,
      agentId: proposal.agentId,
      assessment,
      evidence,
      now,
    });
    notes.push(...opened.notes);
    announcements.push(...opened.announcements);
    if (assessment.opensIncident === 1)
      notes.push(...(await endOverrides(sql, workspaceId, proposal.agentId, now)));
  }
  return { notes, announcements };
}

/** Nobody vouches on through a severity 1 signal. */
async function endOverrides(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  now: number,
): Promise<LedgerNote[]> {
  const ended = await sql<{ id: string }>(
    `UPDATE rung_overrides SET ended_at = $3, ended_by = 'belay'
     WHERE workspace_id = $1 AND agent_id = $2 AND ended_at IS NULL RETURNING id`,
    [workspaceId, agentId, new Date(now)],
  );
  return ended.map(({ id }) => ({
    kind: 'override.ended',
    actor: 'belay',
    subject: `agent:${agentId}`,
    body: { override: id, why: 'severity 1 signal' },
  }));
}

/** Written at most twice a minute an agent: a list of agents does not need more. */
async function touchAgents(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  now: number,
): Promise<void> {
  await sql(
    `UPDATE agents SET last_seen_at = $3 WHERE workspace_id = $1 AND id = ANY($2::uuid[])
       AND (last_seen_at IS NULL OR last_seen_at < $3::timestamptz - interval '30 seconds')`,
    [workspaceId, ids, new Date(now)],
  );
}

function decisionNote({ proposal, verdict, workspace, trust }: DecisionRow): LedgerNote {
  return {
    kind: 'decision.made',
    actor: proposal.actor,
    subject: `decision:${verdict.id}`,
    body: {
      agent: proposal.agentId,
      session: proposal.sessionId ?? null,
      tool: proposal.tool,
      arguments: redact(proposal.arguments),
      resource: redact(proposal.resource),
      digest: verdict.digest,
      outcome: verdict.outcome,
      reasons: verdict.reasons.map(({ code }) => code),
      score: trust.score,
      rung: trust.rung,
      policyVersion: workspace.policy.version,
      ladderVersion: workspace.ladder.version,
      signals: evidenceRecord(verdict.evidence),
    },
  };
}

function announce({ proposal, approval }: DecisionRow): Announcement[] {
  const { agentId } = proposal;
  return [
    { type: 'decision.made', agentId },
    { type: 'trust.changed', agentId },
    ...(approval === undefined
      ? []
      : [{ type: 'approval.opened' as const, agentId, subjectId: approval.id }]),
  ];
}

function decidedOf({ verdict, proposal, trust, approval, permit }: DecisionRow): Decided {
  const { id, outcome, reasons, digest }: Verdict = verdict;
  return { id, agentId: proposal.agentId, outcome, reasons, trust, digest, approval, permit };
}
