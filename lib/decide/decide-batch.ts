/**
 * Decides a batch of actions inside one transaction: reads what holds, decides each action in memory in order, writes every row
 * with one statement a table, extends the ledger last. Two round trips: the facts, then all that is written, with the COMMIT behind it.
 * Nothing here answers anybody: the caller does, after the commit.
 */
import { DomainError, notFound } from '@/lib/contracts';
import { newId, send, type Closing, type Sql, type Statement } from '@/lib/db';
import type { Outcome, Reason } from '@/lib/policy';
import {
  lockAgents,
  readSessions,
  sessionKey,
  type OwnedSession,
  type SessionRef,
} from './agent-facts';
import { cacheableSeconds } from './cacheable';
import { writeConsequences } from './consequences';
import { decideAction, type Verdict } from './decide-action';
import { decisionStatements, touchStatements, trustStatements } from './batch-rows';
import type { DecisionRow } from './decision-rows';
import { announce, decisionNotes } from './decision-notes';
import { agentsOf, linksOf } from './delegation-chain';
import type { AgentFacts, Proposal, ToolFacts, WorkspaceFacts } from './facts';
import { claimKeys, keyInProgress, nameOfKey, rememberKeys } from './idempotency-keys';
import { writeGrants } from './grant-rows';
import { grantsAfter } from './grants';
import { ledgerStatement } from './ledger-entries';
import { agentAfter, reactTo } from './reactions';
import { layersRecord, type LayersRecord } from './trust-rows';
import { lockWorkspaceFacts, toolFacts } from './workspace-facts';

/** A committed decision, as the agent will read it. Times in milliseconds since the epoch. */
export interface Decided {
  readonly id: string;
  readonly agentId: string;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly trust: { readonly score: number; readonly rung: number; readonly layers: LayersRecord };
  readonly digest: string;
  /** What the digest covers besides the call. */
  readonly sessionId: string | null;
  readonly policyVersion: number;
  readonly approval: { readonly id: string; readonly expiresAt: number } | undefined;
  readonly permit: { readonly id: string; readonly expiresAt: number } | undefined;
  /** When its permit was spent, with the decision. */
  readonly redeemedAt?: number | undefined;
  /** Seconds for which the same read needs no new answer. */
  readonly cacheableSeconds?: number | undefined;
}

export type ItemResult = Decided | DomainError;

/**
 * Decides, and leaves what is to be written to whoever ends the transaction.
 *
 * @param now milliseconds since the epoch, one for the whole batch
 * @returns a result for each proposal, in order: decided, or refused for a reason of its own
 */
export async function prepareBatch(
  sql: Sql,
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<Closing<ItemResult[]>> {
  const facts = await lockFacts(sql, workspaceId, proposals, now);
  const results = proposals.map((proposal) => decideOnce(facts, proposal));
  const rows = results.filter((result): result is DecisionRow => !(result instanceof DomainError));
  return {
    closing: await statementsOf(sql, facts, rows),
    result: results.map((result) =>
      result instanceof DomainError ? result : decidedOf(facts, result),
    ),
  };
}

/** The same, written at once. */
export async function decideBatch(
  sql: Sql,
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<ItemResult[]> {
  const { result, closing } = await prepareBatch(sql, workspaceId, proposals, now);
  await send(sql, closing);
  return result;
}

/** Everything the batch depends on, in one round trip. The statements are sent in the order their locks are taken in everywhere. */
async function lockFacts(
  sql: Sql,
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<BatchFacts> {
  const agentIds = distinct(proposals.flatMap(agentsOf));
  const keys = proposals.flatMap(({ actor, keyed }) =>
    keyed === undefined ? [] : [{ actor, key: keyed.key }],
  );
  const [workspace, agents, sessions, freeKeys] = await Promise.all([
    lockWorkspaceFacts(sql, workspaceId),
    lockAgents(sql, workspaceId, agentIds, now),
    readSessions(sql, workspaceId, sessionsOf(proposals)),
    claimKeys(sql, workspaceId, keys),
  ]);
  return { workspace, agents, sessions, freeKeys: new Set(freeKeys), now };
}

/** Every row, and the ledger last. What seldom happens is written before, since the ledger tells what it came to. */
async function statementsOf(
  sql: Sql,
  { workspace, agents, now }: BatchFacts,
  rows: readonly DecisionRow[],
): Promise<Statement[]> {
  if (rows.length === 0) return [];
  const written = [
    ...decisionStatements(rows),
    ...trustStatements(workspace, rows, agents, now),
    ...touchStatements(workspace.id, rows, agents, now),
    ...rememberKeys(rows.flatMap(keyOfRow), now),
  ];
  const reactions = rows.map(({ proposal, reaction }) => ({ agentId: proposal.agentId, reaction }));
  const granted = rows.map(({ proposal: { agentId, actor }, verdict: { id, granting } }) => ({
    ...granting,
    agentId,
    decisionId: id,
    actor,
  }));
  const consequences = await writeConsequences(sql, workspace.id, reactions, now);
  const grants = await writeGrants(sql, workspace.id, granted, now);
  const notes = [...rows.flatMap(decisionNotes), ...consequences.notes, ...grants.notes];
  const announcements = [
    ...rows.flatMap(announce),
    ...consequences.announcements,
    ...grants.announcements,
  ];
  return [...written, ledgerStatement(workspace.id, notes, announcements, now)];
}

function sessionsOf(proposals: readonly Proposal[]): SessionRef[] {
  const refs = proposals.flatMap(({ agentId, sessionId: id }) =>
    id === undefined ? [] : [{ agentId, id }],
  );
  return [...new Map(refs.map((ref) => [sessionKey(ref), ref])).values()];
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort();

interface BatchFacts {
  readonly workspace: WorkspaceFacts;
  /** Updated as the batch goes: the next action of an agent sees what the one before left. */
  readonly agents: Map<string, AgentFacts>;
  readonly sessions: ReadonlyMap<string, OwnedSession>;
  /** Names of the keys of requests that may be decided. Each is taken by the first that asks. */
  readonly freeKeys: Set<string>;
  readonly now: number;
}

/** A request whose key is at work elsewhere, or came twice in one batch, is not decided: the next try finds the answer. */
function decideOnce(facts: BatchFacts, proposal: Proposal): DecisionRow | DomainError {
  const { actor, keyed } = proposal;
  const free = keyed === undefined || facts.freeKeys.delete(nameOfKey({ actor, key: keyed.key }));
  return free ? decideOne(facts, proposal) : keyInProgress();
}

function keyOfRow({ workspace, proposal: { actor, keyed }, verdict }: DecisionRow) {
  if (keyed === undefined) return [];
  return [{ workspaceId: workspace.id, actor, ...keyed, decisionId: verdict.id, response: null }];
}

/** Decides one action by the facts at hand; the agent among them is afterwards as the action left it. */
export function decideOne(
  { workspace, agents, sessions, now }: Omit<BatchFacts, 'freeKeys'>,
  given: Proposal,
): DecisionRow | DomainError {
  const agent = agents.get(given.agentId);
  if (agent === undefined) return notFound('agent');
  const session = sessionOf(sessions, agent, given);
  if (session instanceof DomainError) return session;
  const tool = toolFacts(workspace, given.tool);
  const proposal = believed(tool, given);
  const verdict = decideAction(
    {
      workspace,
      agent,
      tool,
      session,
      chain: linksOf(agents, proposal),
      now,
      newId: () => newId(now),
    },
    proposal,
  );
  const { score, layers } = verdict.applied;
  const reaction = reactTo({
    ...verdict,
    version: agent.version,
    evidence: verdict.evidence.map((item) => ({ ...item, decisionId: verdict.id })),
    now,
    newId: () => newId(now),
  });
  for (const { agentId, activity } of verdict.counted) {
    const link = agents.get(agentId);
    if (link !== undefined) agents.set(agentId, { ...link, activity });
  }
  agents.set(agent.id, {
    ...agentAfter(agent, verdict.assessment, reaction),
    grants: grantsAfter(agent.grants ?? [], verdict.granting),
  });
  return {
    workspace,
    proposal,
    tool,
    session,
    verdict,
    reaction,
    now,
    trust: { score, rung: verdict.rung, layers: layersRecord(layers) },
    ...opened(workspace, proposal, verdict, now),
  };
}

/** That a call ran already is believed of a read alone: what has an effect, or may have one, waits for its answer. */
function believed({ known, sideEffect }: ToolFacts, proposal: Proposal): Proposal {
  const isRead = known && sideEffect === 'none';
  return proposal.ran === undefined || isRead ? proposal : { ...proposal, ran: undefined };
}

/** What waits for a person, or may run at once. */
function opened(
  { approvalTtlSeconds, permitTtlSeconds }: WorkspaceFacts,
  { redeem = false }: Proposal,
  { outcome, granting }: Verdict,
  now: number,
): Pick<DecisionRow, 'approval' | 'permit'> {
  const open = (seconds: number) => ({ id: newId(now), expiresAt: now + seconds * 1000 });
  return {
    approval: outcome === 'require_approval' ? open(approvalTtlSeconds) : undefined,
    // Whoever gave a grant is asked about again when what runs under it is redeemed.
    permit:
      outcome === 'allow'
        ? { ...open(permitTtlSeconds), spent: redeem && granting.used === undefined }
        : undefined,
  };
}

function sessionOf(
  sessions: BatchFacts['sessions'],
  agent: AgentFacts,
  { agentId, sessionId }: Proposal,
): OwnedSession | undefined | DomainError {
  const session =
    sessionId === undefined ? undefined : sessions.get(sessionKey({ agentId, id: sessionId }));
  if (session?.agentId === undefined || session.agentId === agent.id) return session;
  return new DomainError(
    'unprocessable',
    'foreign_session',
    'The session belongs to another agent.',
  );
}

function decidedOf({ agents }: Pick<BatchFacts, 'agents'>, row: DecisionRow): Decided {
  const { workspace, verdict, proposal, tool, trust, approval, permit } = row;
  const { id, outcome, reasons, digest }: Verdict = verdict;
  const { agentId } = proposal;
  const agent = agents.get(agentId);
  const cacheable = agent && cacheableSeconds(agent, tool, proposal, verdict);
  return {
    id,
    agentId,
    outcome,
    reasons,
    trust,
    digest,
    sessionId: proposal.sessionId ?? null,
    policyVersion: workspace.policy.version,
    approval,
    permit,
    ...(permit?.spent === true ? { redeemedAt: row.now } : {}),
    ...(cacheable === undefined ? {} : { cacheableSeconds: cacheable }),
  };
}
