import {
  CircleHelp,
  MessageCircleReply,
  Siren,
  UserRound,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react';
import type { Approval } from '@/lib/contracts';
import { t } from '@/lib/client/language';

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
    marks.push({ icon: Siren, text: t('escalated'), spoken: t('escalated'), tone: 'urgent' });
  if (question != null && question.answeredAt !== null)
    marks.push({
      icon: MessageCircleReply,
      text: t('answered'),
      spoken: t('the question is answered'),
      tone: 'asks',
    });
  if (question != null && question.answeredAt === null)
    marks.push({
      icon: CircleHelp,
      text: t('waits for an answer'),
      spoken: t('waits for an answer to {name}', { name: question.name }),
      tone: 'calm',
    });
  if (claim !== null && Date.parse(claim.until) > now)
    marks.push({
      icon: UserRound,
      text: claim.name,
      spoken: t('claimed by {name}', { name: claim.name }),
      tone: 'calm',
    });
  else if (assignment != null)
    marks.push({
      icon: UserRoundCheck,
      text: t('for {name}', { name: assignment.name }),
      spoken: t('assigned to {name}', { name: assignment.name }),
      tone: 'calm',
    });
  return marks;
}
