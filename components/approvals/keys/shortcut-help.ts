/** What the keys do, in words: for the sheet of keys and the command palette. */
import { t } from '@/lib/client/language';

export interface ShortcutHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

/** Every key of the page, in the order of the sheet. */
export const shortcutHelp = (): readonly ShortcutHelp[] => [
  { keys: ['j', '↓'], does: t('Next item') },
  { keys: ['k', '↑'], does: t('Previous item') },
  { keys: ['o', t('Enter')], does: t('Open the item and read it') },
  { keys: ['a'], does: t('Approve this call: asks once') },
  { keys: ['a', t('Enter')], does: t('Confirm an ordinary call') },
  { keys: [t('Shift + A')], does: t('Confirm a high-risk, critical or irreversible call') },
  { keys: ['e'], does: t('Change values, then approve what you changed') },
  { keys: ['b'], does: t('Read and decide calls like this one together') },
  { keys: ['r'], does: t('Reject with a reason') },
  { keys: ['1', '…', '8'], does: t('Choose the reason in the reject form') },
  { keys: ['c'], does: t('Comment') },
  { keys: ['m'], does: t('Claim or release') },
  { keys: ['g'], does: t('Open or fold a group of like calls') },
  { keys: ['q'], does: t('Ask the agent or its owner') },
  { keys: ['h'], does: t('Assign or hand over') },
  { keys: ['s'], does: t('Put aside until later') },
  {
    keys: ['u'],
    does: t('Take your last verdict back while it can be; otherwise back to the list'),
  },
  { keys: ['/'], does: t('Search the queue') },
  { keys: [t('Esc')], does: t('Cancel what is being asked') },
  { keys: ['?'], does: t('This sheet') },
];
