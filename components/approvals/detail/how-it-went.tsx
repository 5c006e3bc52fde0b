import { FeedbackSection } from '@/components/trust/feedback/feedback-section';
import { Section } from './section';

/** What people said of an approved call once it could run. */
export function HowItWentSection({ decisionId }: { decisionId: string }) {
  return (
    <Section title="How it went">
      <FeedbackSection decisionId={decisionId} />
    </Section>
  );
}
