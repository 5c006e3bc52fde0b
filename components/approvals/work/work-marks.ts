import {
  CircleHelp,
  MessageCircleReply,
  Siren,
  UserRound,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react';
import type { Approval } from '@/lib/contracts';

export interface WorkMark {
  readonly icon: LucideIcon;
  /** Short, for the row. */
  readonly text: string;
  /** For screen readers. */
  readonly spoken: string;
  readonly tone: 'calm' | 'asks' | 'urgent';
}

/** Who looks after a waiting call, and what about it is out of the ordinary, at `now` (ms). A claim that is over is none. */
export function workMarks(approval: Approval, now: number): WorkMark[] {
  const { claim, assignment, question, escalatedAt } = approval;
  const marks: WorkMark[] = [];
  if (escalatedAt != null)
    marks.push({ icon: Siren, text: 'escalated', spoken: 'escalated', tone: 'urgent' });
  if (question != null && question.answeredAt !== null)
    marks.push({
      icon: MessageCircleReply,
      text: 'answered',
      spoken: 'the question is answered',
      tone: 'asks',
    });
  if (question != null && question.answeredAt === null)
    marks.push({
      icon: CircleHelp,
      text: 'waits for an answer',
      spoken: `waits for an answer to ${question.name}`,
      tone: 'calm',
    });
  if (claim !== null && Date.parse(claim.until) > now)
    marks.push({
      icon: UserRound,
      text: claim.name,
      spoken: `claimed by ${claim.name}`,
      tone: 'calm',
    });
  else if (assignment != null)
    marks.push({
      icon: UserRoundCheck,
      text: `for ${assignment.name}`,
      spoken: `assigned to ${assignment.name}`,
      tone: 'calm',
    });
  return marks;
}
