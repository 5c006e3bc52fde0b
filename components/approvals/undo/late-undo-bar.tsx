'use client';

import { latePart } from '@/components/ui/late-part';
import { t } from '@/lib/client/language';

// Nothing can be taken back before the first verdict; its key works without it.
const fetchBar = async () => {
  const [{ UndoBar }] = await Promise.all([import('./undo-bar'), import('./after-undo')]);
  return UndoBar;
};
const [UndoBar, fetchUndoBar] = latePart(fetchBar, {
  loading: null,
  get what() {
    return t('What can be taken back could not be shown. Its key works.');
  },
});
export { UndoBar, fetchUndoBar };
