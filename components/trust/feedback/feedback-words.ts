import type { FeedbackVerdict } from '@/lib/contracts';
import { t } from '@/lib/client/language';

interface FeedbackChoice {
  readonly verdict: FeedbackVerdict;
  readonly label: string;
  readonly means: string;
  /** How it reads in a list of what was said. */
  readonly said: string;
}

/** What can be said of an action, in the order of the digits that choose it. */
export const FEEDBACK_CHOICES: readonly FeedbackChoice[] = [
  {
    verdict: 'right',
    get label() {
      return t('It was right');
    },
    get means() {
      return t('Nothing had to be changed');
    },
    get said() {
      return t('Right');
    },
  },
  {
    verdict: 'corrected',
    get label() {
      return t('Correction');
    },
    get means() {
      return t('Somebody had to put the result right');
    },
    get said() {
      return t('Corrected');
    },
  },
  {
    verdict: 'overridden',
    get label() {
      return t('Override');
    },
    get means() {
      return t('Somebody had to undo it or do it otherwise');
    },
    get said() {
      return t('Overridden');
    },
  },
  {
    verdict: 'complaint',
    get label() {
      return t('Complaint');
    },
    get means() {
      return t('Somebody who was affected complained');
    },
    get said() {
      return t('Complaint');
    },
  },
];

/** The choice a digit key means, or null. */
export function choiceForDigit(key: string): FeedbackVerdict | null {
  if (!/^[1-9]$/.test(key)) return null;
  return FEEDBACK_CHOICES[Number(key) - 1]?.verdict ?? null;
}

export const saidWord = (verdict: FeedbackVerdict): string =>
  FEEDBACK_CHOICES.find((choice) => choice.verdict === verdict)?.said ?? verdict;
