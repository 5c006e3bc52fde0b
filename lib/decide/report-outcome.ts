/** What became of an action, in the agent's own words: it lifts nothing, a failure may count, the output is read by provenance. */
import { DomainError, notFound, type OutcomeRequest } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { namesDocument } from '@/lib/provenance';
import { applySignals, type NewSignal } from './apply-signals';
import { detectorLane } from './detector/screening';
import { approvalUsed, foldVerdict, lockApprovalOf } from './due-verdicts';
import { appendLedger } from './ledger-entries';
import { signalsOfRead } from './planted-orders';
import { recordRead } from './session-reads';
import { stateAt } from './state-at';

interface Report extends OutcomeRequest {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly decisionId: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Reported {
  readonly tool: string;
  readonly outcome: string;
  readonly state: string;
  readonly session_id: string | null;
  readonly execution_status: string | null;
  /** It ran on an earlier answer, before it was asked about. */
  readonly ran: boolean;
  readonly untrusted: boolean;
  readonly approval_expires_at: Date | null;
  readonly side_effect: 'none' | 'write';
  readonly arguments: unknown;
  /** The trusted text of the session, when it was announced. */
  readonly request: string | null;
  /** The workspace has named a detector. */
  readonly screened: boolean | null;
}

/**
 * Records the outcome of an action that was permitted. A detector, where there is one, is asked about the output afterwards.
 *
 * @throws DomainError `not_found`; 409 `already_reported`; 422 `not_permitted` for an action that was never allowed to run
 */
export async function reportOutcome(report: Report): Promise<{ outputTruncated: boolean }> {
  const { workspaceId, agentId, decisionId } = report;
  const { outputTruncated, sessionId } = await record(report);
  // After the commit: whatever becomes of the question, the outcome is stored.
  if (sessionId !== undefined)
    detectorLane(workspaceId).offer({ workspaceId, agentId, sessionId, decisionId });
  return { outputTruncated };
}

interface Kept {
  readonly truncated: boolean;
  readonly signals: NewSignal[];
  /** The session whose detector is to be asked about the text. */
  readonly toScreen: string | undefined;
}

/** Writes the report; names the session when its output was kept and is to be screened. */
function record(
  report: Report,
): Promise<{ outputTruncated: boolean; sessionId: string | undefined }> {
  const { workspaceId, agentId, decisionId, now } = report;
  return withTransaction(async (sql) => {
    const decision = await lockReported(sql, report);
    requireReportable({
      ...decision,
      state: stateAt(decision.state, decision.approval_expires_at, new Date(now)),
    });
    await sql(
      `UPDATE decisions SET execution_status = $3, execution_error = $4, executed_at = $5 WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, decisionId, report.status, report.error ?? null, new Date(now)],
    );
    const read = await keepOutput(sql, report, decision);
    // What was carried out, redeemed or not, is a verdict that cannot be taken back.
    const folded = await foldVerdict(sql, { workspaceId, decisionId, now });
    const kind = report.status === 'succeeded' ? 'outcome.task_succeeded' : 'outcome.task_failed';
    const applied = await applySignals(sql, {
      workspaceId,
      agentId,
      now,
      actor: report.actor,
      signals: [
        { kind, source: `agent:${agentId}`, sourceClass: 'self', decisionId },
        ...read.signals,
      ],
    });
    const note = {
      kind: 'outcome.reported',
      actor: report.actor,
      subject: `decision:${decisionId}`,
      body: { agent: agentId, status: report.status, metrics: report.metrics ?? {} },
    };
    const announcements = [
      { type: 'decision.made' as const, agentId },
      ...folded.announcements,
      ...approvalUsed(decision.approvalId, agentId),
      ...applied.announcements,
    ];
    await appendLedger(
      sql,
      workspaceId,
      [...folded.notes, note, ...applied.notes],
      announcements,
      now,
    );
    return { outputTruncated: read.truncated, sessionId: read.toScreen };
  });
}

/** The decision, locked, behind the approval it may have waited for. @throws DomainError `not_found` */
async function lockReported(
  sql: Sql,
  { workspaceId, agentId, decisionId }: Report,
): Promise<Reported & { approvalId: string | undefined }> {
  const approvalId = await lockApprovalOf(sql, workspaceId, decisionId);
  const [decision] = await sql<Reported>(
    `SELECT d.tool, d.outcome, d.state, d.session_id, d.execution_status,
       coalesce((d.asked_with->>'ran')::boolean, false) AS ran, coalesce(ap.edited_arguments, d.arguments) AS arguments,
       coalesce(t.untrusted_output, true) AS untrusted, coalesce(t.side_effect, 'write') AS side_effect, s.request,
       ap.expires_at AS approval_expires_at,
       (SELECT dt.kind <> 'none' FROM detectors dt WHERE dt.workspace_id = d.workspace_id ORDER BY dt.version DESC LIMIT 1) AS screened
     FROM decisions d LEFT JOIN tools t ON t.workspace_id = d.workspace_id AND t.name = d.tool
       LEFT JOIN sessions s ON s.workspace_id = d.workspace_id AND s.id = d.session_id
       LEFT JOIN approvals ap ON ap.workspace_id = d.workspace_id AND ap.decision_id = d.id
     WHERE d.workspace_id = $1 AND d.id = $2 AND d.agent_id = $3 FOR UPDATE OF d`,
    [workspaceId, decisionId, agentId],
  );
  if (decision === undefined) throw notFound('decision');
  return { ...decision, approvalId };
}

function requireReportable({ outcome, state, ran, execution_status: reported }: Reported): void {
  if (reported !== null) {
    throw new DomainError(
      'conflict',
      'already_reported',
      `The outcome of this action was already reported: ${reported}.`,
    );
  }
  if (outcome === 'allow' || state === 'approved' || state === 'redeemed') return;
  // What it read is in the world: the session is judged by it, whether or not it should have run.
  if (ran) return;
  throw new DomainError(
    'unprocessable',
    'not_permitted',
    `This action was not permitted to run: the outcome was "${outcome}" and the state is "${state}".`,
  );
}

/** Keeps an output that may carry text of third parties, and says what stands in it. */
async function keepOutput(
  sql: Parameters<typeof recordRead>[0],
  { workspaceId, agentId, decisionId, now, output: text = '' }: Report,
  { session_id: sessionId, tool, untrusted, ...decision }: Reported,
): Promise<Kept> {
  if (text === '' || sessionId === null || !untrusted)
    return { truncated: false, signals: [], toScreen: undefined };
  const named =
    decision.side_effect === 'none' &&
    decision.request !== null &&
    namesDocument(decision.request, decision.arguments);
  const read = { workspaceId, agentId, sessionId, decisionId, tool, text, named, now };
  return {
    truncated: await recordRead(sql, read),
    signals: signalsOfRead(read),
    toScreen: decision.screened === true ? sessionId : undefined,
  };
}
