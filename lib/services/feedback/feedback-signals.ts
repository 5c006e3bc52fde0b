import type { FeedbackVerdict } from '@/lib/contracts';

/** The kind of evidence each word becomes. */
export const FEEDBACK_SIGNALS: Readonly<Record<FeedbackVerdict, string>> = {
  right: 'outcome.confirmed',
  overridden: 'outcome.overridden',
  corrected: 'outcome.corrected',
  complaint: 'outcome.complaint',
};
