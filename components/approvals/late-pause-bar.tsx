'use client';

import { latePart } from '@/components/ui/late-part';
import { t } from '@/lib/client/language';

// Nobody needs it before their first verdict.
const [PauseBar] = latePart(async () => (await import('./pause-bar')).PauseBar, {
  loading: null,
  get what() {
    return t('Your load could not be shown.');
  },
});
export { PauseBar };
