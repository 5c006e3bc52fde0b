import { CircleHelp } from 'lucide-react';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich } from '@/lib/client/language';
import { waitsForAnswer } from '../asking';

/** Beside the buttons: that somebody has asked, and is waiting for the answer. */
export function AskedQuestion({
  approval,
  viewerId,
}: {
  approval: ApprovalDetail;
  viewerId: string | null;
}) {
  const { question } = approval;
  if (question == null || !waitsForAnswer(approval)) return null;
  const time = <RelativeTime at={question.askedAt} />;
  return (
    <p className="mb-2.5 flex items-start gap-2 text-dense">
      <CircleHelp aria-hidden size={16} className="mt-px shrink-0 text-ink-2" />
      <span>
        {question.by === viewerId
          ? rich('You asked {time}. The agent or its owner answers under Comments.', { time })
          : rich('{person} asked {time}. The agent or its owner answers under Comments.', {
              person: <UntrustedText text={question.name} />,
              time,
            })}
      </span>
    </p>
  );
}
