import { FeedbackSection } from '@/components/trust/feedback/feedback-section';
import { t } from '@/lib/client/language';
import { Section } from './section';

/** What people said of an approved call once it could run. */
export function HowItWentSection({ decisionId }: { decisionId: string }) {
  return (
    <Section title={t('How it went')}>
      <FeedbackSection decisionId={decisionId} />
    </Section>
  );
}
