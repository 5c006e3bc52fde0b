'use client';

import { latePart } from '@/components/ui/late-part';
import type { Asking } from '../asking';
import type { WorkFormProps } from './work-forms';

// Few calls need it, so that it is not part of the page.
const [WorkForm] = latePart<WorkFormProps>(async () => (await import('./work-forms')).WorkForms, {
  loading: <p role="status">Loading the form…</p>,
  what: 'The form could not be shown.',
  giveUp: ({ onCancel }) => onCancel(),
});

const WORK: readonly Asking[] = ['assign', 'snooze', 'ask', 'answer'];

/** Whether a question is one of those forms. */
export const isWorkQuestion = (asking: Asking): asking is WorkFormProps['asking'] =>
  WORK.includes(asking);

export { WorkForm };
