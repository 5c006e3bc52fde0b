/** Evidence that does not come with a decision: verdicts, reports, failed logins, signals from outside. */
import { notFound } from '@/lib/contracts';
import { newId, send, type Sql } from '@/lib/db';
import {
  assess,
  defaultTrustConfig,
  SIGNAL_CATALOGUE,
  type Assessment,
  type Ladder,
} from '@/lib/trust';
import { activityOf } from './activity';
import { writeConsequences } from './consequences';
import type { NewEvidence } from './evidence-of-action';
import type { Announcement, LedgerNote } from './ledger-entries';
import { reactTo } from './reactions';
import { insertScorePoints, insertSignals, type Evidence } from './trust-rows';
import { lockTrustStates, updateTrustStates, type StoredTrust } from './trust-states';
import { watchCalls } from './watch';

export interface AppliedSignals {
  readonly assessment: Assessment;
  readonly ladderVersion: number;
  /** Pass both to `appendLedger` with the caller's own. */
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

/** Signals to apply: `id` is made here, `at` is `now` unless given (milliseconds since the epoch). */
export type NewSignal = Omit<Evidence, 'id' | 'at'> & {
  readonly id?: string;
  readonly at?: number;
};

/** Signals about one agent, and who brings them. */
export interface SignalsOfAgent {
  readonly agentId: string;
  readonly signals: readonly NewSignal[];
  readonly actor: string;
}

/**
 * Folds signals into an agent's trust inside the caller's transaction: locks the state, assesses, writes signals, state and
 * score point. The caller appends the returned notes to the ledger in the same transaction.
 *
 * @param now milliseconds since the epoch
 * @throws DomainError `not_found` for an agent without a trust state in this workspace
 */
export async function applySignals(
  sql: Sql,
  input: SignalsOfAgent & { workspaceId: string; now: number },
): Promise<AppliedSignals> {
  const { workspaceId, now, ...agent } = input;
  const [applied] = await applySignalsToMany(sql, { workspaceId, now, agents: [agent] });
  if (applied === undefined) throw notFound('agent');
  return applied;
}

/**
 * The same for several agents at once, each named once: every table gets one statement, whatever their number.
 *
 * @returns what it did to each, in the order of `agents`
 */
export async function applySignalsToMany(
  sql: Sql,
  input: { workspaceId: string; now: number; agents: readonly SignalsOfAgent[] },
): Promise<AppliedSignals[]> {
  const { workspaceId, now, agents } = input;
  if (agents.length === 0) return [];
  const ids = agents.map(({ agentId }) => agentId);
  const [states, ladder, versions] = await Promise.all([
    lockTrustStates(sql, workspaceId, ids),
    currentLadder(sql, workspaceId),
    readVersions(sql, workspaceId, ids),
  ]);
  const stored = new Map(states.map((row) => [row.agentId, row]));
  const folding = { now, ladder: ladder.body, newId: () => newId(now) };
  const folded = agents.map((agent) => {
    const row = stored.get(agent.agentId);
    if (row === undefined) throw notFound('agent');
    return foldEvidence(row, agent, { ...folding, version: versions.get(agent.agentId) ?? '' });
  });
  const signals = folded.flatMap(({ agentId, evidence, assessment }) =>
    evidence.map((item) => signalRow(workspaceId, agentId, item, assessment)),
  );
  const rows = folded.map(({ agentId, reaction, assessment: { state, reading, rung } }) => ({
    workspaceId,
    agentId,
    state,
    reading,
    rung,
    activity: reaction.activity,
  }));
  await send(sql, [
    ...insertSignals(signals),
    ...updateTrustStates(rows),
    ...insertScorePoints(rows.map((row) => ({ ...row, at: now, ladderVersion: ladder.version }))),
  ]);
  const applied: AppliedSignals[] = [];
  for (const { agentId, actor, evidence, assessment, reaction } of folded) {
    const written = await writeConsequences(sql, workspaceId, [{ agentId, reaction }], now);
    applied.push({
      assessment,
      ladderVersion: ladder.version,
      notes: [...evidenceNotes(agentId, actor, evidence, assessment), ...written.notes],
      announcements: [{ type: 'trust.changed', agentId }, ...written.announcements],
    });
  }
  return applied;
}

/**
 * What signals would do to an agent now, without doing it. Locks its state, so that it stays true until the transaction ends.
 *
 * @param now milliseconds since the epoch
 * @throws DomainError `not_found`
 */
export async function foreseeSignals(
  sql: Sql,
  { workspaceId, now, ...agent }: SignalsOfAgent & { workspaceId: string; now: number },
): Promise<Assessment> {
  const [[row], ladder] = await Promise.all([
    lockTrustStates(sql, workspaceId, [agent.agentId]),
    currentLadder(sql, workspaceId),
  ]);
  if (row === undefined) throw notFound('agent');
  const folding = { now, version: '', ladder: ladder.body, newId: () => newId(now) };
  return foldEvidence(row, agent, folding).assessment;
}

async function readVersions(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; version: string }>(
    'SELECT id, version FROM agents WHERE workspace_id = $1 AND id = ANY($2::uuid[])',
    [workspaceId, [...ids]],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

interface Folding {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly version: string;
  readonly ladder: Ladder;
  readonly newId: () => string;
}

/** What evidence does to an agent whose state is locked, and what follows from it. Pure. */
export function foldEvidence(
  { state, activity: stored, openIncident: hasIncident }: StoredTrust,
  { agentId, actor, signals }: SignalsOfAgent,
  { now, version, ladder, newId: makeId }: Folding,
) {
  const before = activityOf(stored);
  const { watch, found } = watchCalls(before.watch, signals);
  const evidence = [...signals, ...found.map(seenByBelay)].map((signal): Evidence => ({
    ...signal,
    id: signal.id ?? makeId(),
    // The engine folds what lies in the future as of now; the ledger has to say the same.
    at: Math.min(signal.at ?? now, now),
  }));
  const options = { config: defaultTrustConfig, ladder, now, openIncident: hasIncident };
  const assessment = assess(state, evidence, options);
  const activity = { ...before, watch };
  const reaction = reactTo({ version, activity, evidence, assessment, now, newId: makeId });
  return { agentId, actor, evidence, assessment, reaction };
}

/** What Belay itself concludes from what it was told. */
const seenByBelay = (found: NewEvidence): NewSignal => ({
  ...found,
  source: 'belay',
  sourceClass: 'belay',
});

export function signalRow(
  workspaceId: string,
  agentId: string,
  evidence: Evidence,
  assessment: Assessment,
) {
  const layer = SIGNAL_CATALOGUE[evidence.kind]?.layer ?? 'behavior';
  const contribution = assessment.contributions.find((item) => item.signalId === evidence.id);
  return { workspaceId, agentId, evidence, layer, contribution };
}

/** What the ledger keeps of evidence: enough to replay the score to the last bit. */
export function evidenceRecord(evidence: readonly Evidence[]) {
  return evidence.map(({ id, at, kind, source, sourceClass, magnitude }) => ({
    id,
    at,
    kind,
    source,
    sourceClass,
    magnitude: magnitude ?? 1,
  }));
}

/** Time alone is no evidence: what it changes is recorded by what follows from it. */
function evidenceNotes(
  agentId: string,
  actor: string,
  evidence: readonly Evidence[],
  assessment: Assessment,
): LedgerNote[] {
  if (evidence.length === 0) return [];
  const { reading, rung } = assessment;
  const body = { signals: evidenceRecord(evidence), score: reading.score, rung };
  return [{ kind: 'signals.recorded', actor, subject: `agent:${agentId}`, body }];
}

/** The ladder in force, as stored. */
export async function currentLadder(
  sql: Sql,
  workspaceId: string,
): Promise<{ version: number; body: Ladder }> {
  const [row] = await sql<{ version: number; body: Ladder }>(
    `SELECT l.version, l.body FROM workspace_epochs e JOIN ladders l ON l.workspace_id = e.workspace_id AND l.version = e.ladder_version
     WHERE e.workspace_id = $1`,
    [workspaceId],
  );
  if (row === undefined) throw new Error(`workspace ${workspaceId} has no ladder`);
  return row;
}
