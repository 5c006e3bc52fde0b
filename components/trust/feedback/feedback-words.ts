import type { FeedbackVerdict } from '@/lib/contracts';

interface FeedbackChoice {
  readonly verdict: FeedbackVerdict;
  readonly label: string;
  readonly means: string;
  /** How it reads in a list of what was said. */
  readonly said: string;
}

/** What can be said of an action, in the order of the digits that choose it. */
export const FEEDBACK_CHOICES: readonly FeedbackChoice[] = [
  { verdict: 'right', label: 'It was right', means: 'Nothing had to be changed', said: 'Right' },
  {
    verdict: 'corrected',
    label: 'Correction',
    means: 'Somebody had to put the result right',
    said: 'Corrected',
  },
  {
    verdict: 'overridden',
    label: 'Override',
    means: 'Somebody had to undo it or do it otherwise',
    said: 'Overridden',
  },
  {
    verdict: 'complaint',
    label: 'Complaint',
    means: 'Somebody who was affected complained',
    said: 'Complaint',
  },
];

/** The choice a digit key means, or null. */
export function choiceForDigit(key: string): FeedbackVerdict | null {
  if (!/^[1-9]$/.test(key)) return null;
  return FEEDBACK_CHOICES[Number(key) - 1]?.verdict ?? null;
}

export const saidWord = (verdict: FeedbackVerdict): string =>
  FEEDBACK_CHOICES.find((choice) => choice.verdict === verdict)?.said ?? verdict;
