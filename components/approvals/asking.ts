import type { ApprovalDetail } from '@/lib/contracts';
import type { Deed } from './deed-state';
import { needsDeliberateConfirm, needsTypedTarget } from './approval-state';
import type { Mode } from './shortcuts';

/** What the reviewer is being asked right now. */
export type Asking =
  | 'nothing'
  | 'approve'
  | 'edit'
  | 'reject'
  | 'comment'
  | 'assign'
  | 'snooze'
  | 'ask'
  | 'answer'
  /** Calls like this one, for some uses or for some time. */
  | 'grantUses'
  | 'grantTime';

/**
 * Whether a question may be put: the call is loaded, still waits, has time left at `now` (ms), and the reader may decide,
 * or only wants to comment and may.
 */
export function mayAsk(
  asking: Asking,
  detail:
    | Pick<ApprovalDetail, 'state' | 'expiresAt' | 'mayDecide' | 'mayApprove' | 'question'>
    | undefined,
  mayComment: boolean,
  now: number,
): boolean {
  if (detail === undefined || detail.state !== 'pending') return false;
  if (Date.parse(detail.expiresAt) <= now) return false;
  if (asking === 'answer') return waitsForAnswer(detail);
  if (asking === 'reject' && detail.mayDecide.rejectOnly === true) return true;
  if (asking === 'comment') return mayComment;
  return detail.mayDecide.allowed && !isPointless(asking, detail);
}

/** Questions whose answer lets something run; other arguments are judged anew. */
const LETS_RUN: readonly Asking[] = ['approve', 'grantUses', 'grantTime'];

/** Whether the answer lets the call run as it was sent: then all of it has to be on the page. */
export const letsRun = (asking: Asking): boolean => LETS_RUN.includes(asking);

/** The question a deed answers, which says who may do it and when. */
export function questionOf(deed: Deed): Asking {
  if (deed.type === 'comment' || deed.type === 'answer') return deed.type;
  if (deed.type === 'approve') return deed.edits === undefined ? 'approve' : 'edit';
  // A claim of somebody else holds off neither.
  return deed.type === 'reject' || deed.type === 'release' ? 'reject' : 'assign';
}

/** The question is whether to let run what could not run any more. */
export const isPointless = (asking: Asking, detail: Pick<ApprovalDetail, 'mayApprove'>): boolean =>
  letsRun(asking) && wouldNotRun(detail);

/** An approval would come to nothing, and the server says why; rejecting always works. */
export const wouldNotRun = ({ mayApprove }: Pick<ApprovalDetail, 'mayApprove'>): boolean =>
  mayApprove?.allowed === false;

/** A question stands that nobody has answered. Whether the reader may, the server knows: the owner of the agent always may. */
export const waitsForAnswer = ({ question }: Pick<ApprovalDetail, 'question'>): boolean =>
  question?.answeredAt === null;

/** What the keys mean while a question stands; a question about a call that no longer waits is none. */
export function modeOf(asking: Asking, detail: ApprovalDetail | undefined): Mode {
  if (asking === 'nothing' || detail === undefined || detail.state !== 'pending') return 'reading';
  if (asking !== 'approve' || needsTypedTarget(detail)) return 'form';
  return needsDeliberateConfirm(detail) ? 'confirmingDeliberately' : 'confirming';
}
