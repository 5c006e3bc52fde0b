import { FeedbackSection } from '@/components/trust/feedback/feedback-section';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { Section } from './section';

/** What the agent made of an approved call, by its own word, and what people said of it. */
export function HowItWentSection({ decisionId, use }: Pick<ApprovalDetail, 'decisionId' | 'use'>) {
  return (
    <Section title={t('How it went')}>
      {use === undefined ? null : (
        <p className="mb-2 text-dense">
          <Used use={use} />
        </p>
      )}
      <FeedbackSection decisionId={decisionId} />
    </Section>
  );
}

function Used({ use }: { use: NonNullable<ApprovalDetail['use']> }) {
  const { redeemedAt, reported, reportedAt } = use;
  if (reported !== null && reportedAt !== null)
    return reported === 'succeeded'
      ? rich('The agent reported {time} that it succeeded.', {
          time: <RelativeTime at={reportedAt} />,
        })
      : rich('The agent reported {time} that it failed.', {
          time: <RelativeTime at={reportedAt} />,
        });
  return redeemedAt === null
    ? t('The agent has not used this approval yet.')
    : rich('The agent used this approval {time} and has not reported how it went.', {
        time: <RelativeTime at={redeemedAt} />,
      });
}
