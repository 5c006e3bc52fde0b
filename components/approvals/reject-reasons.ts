import type { RejectReason } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** The eight typed reasons in the order of their digit keys. */
export const REASON_CHOICES: readonly {
  readonly reason: RejectReason;
  readonly label: string;
  readonly means: string;
}[] = [
  {
    reason: 'wrong_target',
    get label() {
      return t('Wrong target');
    },
    get means() {
      return t('It would reach the wrong person, record or place');
    },
  },
  {
    reason: 'wrong_arguments',
    get label() {
      return t('Wrong values');
    },
    get means() {
      return t('Right action, wrong amount, text or setting');
    },
  },
  {
    reason: 'not_needed',
    get label() {
      return t('Not needed');
    },
    get means() {
      return t('Nobody needs this done, or it is done already');
    },
  },
  {
    reason: 'out_of_scope',
    get label() {
      return t('Outside its task');
    },
    get means() {
      return t('Not what this agent or this session is for');
    },
  },
  {
    reason: 'unsafe',
    get label() {
      return t('Unsafe');
    },
    get means() {
      return t('It could do harm that is hard to undo');
    },
  },
  {
    reason: 'policy',
    get label() {
      return t('Against policy');
    },
    get means() {
      return t('A rule of ours forbids it');
    },
  },
  {
    reason: 'injection',
    get label() {
      return t('Follows injected text');
    },
    get means() {
      return t('Something the agent read told it to do this');
    },
  },
  {
    reason: 'other',
    get label() {
      return t('Other');
    },
    get means() {
      return t('Say it in the comment');
    },
  },
];

/** A reason in words. */
export function reasonLabel(reason: RejectReason): string {
  return REASON_CHOICES.find((choice) => choice.reason === reason)?.label ?? reason;
}

/** The reason a digit key stands for, or null. */
export function reasonForDigit(key: string): RejectReason | null {
  return /^[1-8]$/.test(key) ? (REASON_CHOICES[Number(key) - 1]?.reason ?? null) : null;
}
