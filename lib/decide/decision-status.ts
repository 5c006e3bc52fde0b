/** Where a decision stands now, for the agent that waits for it. */
import { notFound, type Json } from '@/lib/contracts';
import { sql as query } from '@/lib/db';
import type { Outcome, Reason } from '@/lib/policy';
import { stateAt } from './state-at';

export interface StatusRow {
  readonly id: string;
  readonly agentId: string;
  readonly tool: string;
  readonly outcome: Outcome;
  readonly state:
    'final' | 'pending' | 'approved' | 'rejected' | 'expired' | 'cancelled' | 'redeemed';
  readonly reasons: readonly Reason[];
  readonly digest: string;
  readonly sessionId: string | null;
  readonly policyVersion: number;
  readonly approvalId: string | null;
  readonly approvalExpiresAt: Date | null;
  readonly rejectReason: string | null;
  readonly comment: string | null;
  /** What the reviewer let run instead of `sentArguments`; both null when nothing was changed. */
  readonly editedArguments: Record<string, Json> | null;
  readonly sentArguments: Record<string, Json> | null;
  readonly permitId: string | null;
  readonly permitExpiresAt: Date | null;
  /** The question that waits for an answer. */
  readonly question: string | null;
  readonly askedAt: Date | null;
}

/**
 * @param now a decision whose approval has run out of time by then is `expired`, swept or not
 * @throws DomainError `not_found` also for the decision of another agent or workspace
 */
export async function readDecisionStatus(
  workspaceId: string,
  agentId: string | undefined,
  id: string,
  now: Date,
): Promise<StatusRow> {
  const [row] = await query<StatusRow>(
    `SELECT d.id, d.agent_id AS "agentId", d.tool, d.outcome, d.state, d.reasons, coalesce(a.edited_digest, d.digest) AS digest,
       d.session_id AS "sessionId", d.policy_version AS "policyVersion",
       a.id AS "approvalId", a.expires_at AS "approvalExpiresAt", a.reject_reason AS "rejectReason", a.comment,
       a.edited_arguments AS "editedArguments", CASE WHEN a.edited_digest IS NULL THEN NULL ELSE d.arguments END AS "sentArguments",
       p.id AS "permitId", p.expires_at AS "permitExpiresAt", a.asked_at AS "askedAt",
       CASE WHEN a.asked_at IS NULL OR a.answered_at IS NOT NULL THEN NULL ELSE (
         SELECT c.body FROM approval_comments c WHERE c.workspace_id = a.workspace_id AND c.approval_id = a.id AND c.kind = 'question'
         ORDER BY c.created_at DESC, c.id DESC LIMIT 1) END AS question
     FROM decisions d
     LEFT JOIN approvals a ON a.workspace_id = d.workspace_id AND a.decision_id = d.id
     LEFT JOIN permits p ON p.workspace_id = d.workspace_id AND p.decision_id = d.id
       AND p.redeemed_at IS NULL AND p.cancelled_at IS NULL
     WHERE d.workspace_id = $1 AND d.id = $2 AND ($3::uuid IS NULL OR d.agent_id = $3)`,
    [workspaceId, id, agentId ?? null],
  );
  if (row === undefined) throw notFound('decision');
  return { ...row, state: stateAt(row.state, row.approvalExpiresAt, now) };
}

const POLL_MS = 50;
type Waiter = { readonly workspaceId: string; readonly id: string; readonly wake: () => void };

/** One poll for all who wait in this process, and only while somebody does. */
class Waits {
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;

  add(waiter: Waiter): () => void {
    this.#waiters.add(waiter);
    this.#schedule();
    return () => this.#waiters.delete(waiter);
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#waiters.size === 0) return;
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  async #poll(): Promise<void> {
    const waiters = [...this.#waiters];
    // A database that is away for a moment is no answer: those who wait go on waiting.
    const settled = await settledDecisions(waiters, new Date()).catch(() => new Set<string>());
    for (const waiter of waiters) if (settled.has(waiter.id)) waiter.wake();
    this.#timer = undefined;
    this.#schedule();
  }
}

/** Those that no longer wait at `now`: a person or a switch has closed them, or their time is over. */
async function settledDecisions(waiters: readonly Waiter[], now: Date): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    `SELECT d.id FROM unnest($1::uuid[], $2::uuid[]) AS w (workspace_id, id)
     JOIN decisions d ON d.workspace_id = w.workspace_id AND d.id = w.id
     LEFT JOIN approvals a ON a.workspace_id = d.workspace_id AND a.decision_id = d.id
     WHERE d.state <> 'pending' OR a.expires_at <= $3`,
    [waiters.map((waiter) => waiter.workspaceId), waiters.map((waiter) => waiter.id), now],
  );
  return new Set(rows.map((row) => row.id));
}

const waits = new Waits();

/** Resolves when the decision is no longer pending, the time is over, or the caller has gone. Says nothing of the result: read it. */
export function untilSettled(
  workspaceId: string,
  id: string,
  seconds: number,
  gone: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      remove();
      gone.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    const remove = waits.add({ workspaceId, id, wake: end });
    gone.addEventListener('abort', end, { once: true });
    if (gone.aborted) end();
  });
}
