/** Which verdicts can be taken back, and what becomes of their calls. */
import { actorRef } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import type { ApprovalRow } from './approval-rows';
import { switchThatStops } from './switch-that-stops';

/** Why whoever asks cannot take this verdict back; nothing when they can. The approval is locked by the caller. */
export function whyNotUndone(
  sql: Sql,
  context: ServiceContext,
  approval: ApprovalRow,
): Promise<DomainError | undefined> | DomainError | undefined {
  return approval.state === 'pending'
    ? whyNotFirst(context, approval)
    : whyNotClosed(sql, context, approval);
}

/** One of two approvals. */
function whyNotFirst(
  { actor, now }: ServiceContext,
  { given, expiresAt }: ApprovalRow,
): DomainError | undefined {
  if (given === null)
    return conflict('nothing_to_undo', 'Nobody has decided this yet, so there is nothing to undo.');
  if (!given.some(({ by }) => by === actorRef(actor))) return notYours(given[0]?.actorName);
  return expiresAt <= now ? undoOver(expiresAt) : undefined;
}

async function whyNotClosed(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
): Promise<DomainError | undefined> {
  const { state, decidedBy, undoUntil } = approval;
  if (state !== 'approved' && state !== 'rejected')
    return conflict('nothing_to_undo', `This was closed without a verdict: it is ${state}.`);
  if (decidedBy !== actorRef(actor)) return notYours(approval.decidedByName);
  if (undoUntil !== null && undoUntil > now) return undefined;
  return (await whyRedeemed(sql, actor.workspaceId, approval)) ?? undoOver(undoUntil);
}

const conflict = (code: string, text: string) => new DomainError('conflict', code, text);

function notYours(name: string | null | undefined): DomainError {
  return new DomainError(
    'forbidden',
    'not_your_verdict',
    `${name ?? 'Somebody else'} gave this verdict, so only they can take it back.`,
  );
}

function undoOver(until: Date | null): DomainError {
  const when = until === null ? '' : ` The time for it ended at ${until.toISOString()}.`;
  return conflict('undo_over', `This verdict counts and cannot be taken back any more.${when}`);
}

/** Redeeming lets a verdict count at once: that is the more useful thing to hear. */
async function whyRedeemed(
  sql: Sql,
  workspaceId: string,
  { decisionId }: ApprovalRow,
): Promise<DomainError | undefined> {
  const [permit] = await sql<{ redeemed_at: Date }>(
    'SELECT redeemed_at FROM permits WHERE workspace_id = $1 AND decision_id = $2 AND redeemed_at IS NOT NULL',
    [workspaceId, decisionId],
  );
  if (permit === undefined) return undefined;
  return conflict(
    'already_redeemed',
    `The agent used this approval at ${permit.redeemed_at.toISOString()}, so it cannot be taken back.`,
  );
}

/** Why a call cannot wait again; nothing when it can. */
export async function whyStopped(
  sql: Sql,
  workspaceId: string,
  approval: Pick<ApprovalRow, 'agentId' | 'tool'>,
): Promise<string | undefined> {
  const [agent] = await sql<{ status: string }>(
    'SELECT status FROM agents WHERE workspace_id = $1 AND id = $2',
    [workspaceId, approval.agentId],
  );
  if (agent?.status === 'revoked') return 'The agent was revoked.';
  return switchThatStops(sql, workspaceId, approval);
}
