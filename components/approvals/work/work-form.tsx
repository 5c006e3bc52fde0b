'use client';

import { useEffect } from 'react';
import { latePart } from '@/components/ui/late-part';
import { t } from '@/lib/client/language';
import type { Asking } from '../asking';
import { holdKeys } from '../verdict/held-keys';
import type { WorkFormProps } from './work-forms';

/** What stands there until a form does, and keeps what is typed for it. */
export function FormComing() {
  useEffect(holdKeys, []);
  return <p role="status">{t('Loading the form…')}</p>;
}

// Few calls need it, so that it is not part of the page.
const [WorkForm] = latePart<WorkFormProps>(async () => (await import('./work-forms')).WorkForms, {
  loading: <FormComing />,
  get what() {
    return t('The form could not be shown.');
  },
  giveUp: ({ onCancel }) => onCancel(),
});

const WORK: readonly Asking[] = ['assign', 'snooze', 'ask', 'answer'];

/** Whether a question is one of those forms. */
export const isWorkQuestion = (asking: Asking): asking is WorkFormProps['asking'] =>
  WORK.includes(asking);

export { WorkForm };
