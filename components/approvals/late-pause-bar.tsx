'use client';

import { latePart } from '@/components/ui/late-part';

// Nobody needs it before their first verdict.
const [PauseBar] = latePart(async () => (await import('./pause-bar')).PauseBar, {
  loading: null,
  what: 'Your load could not be shown.',
});
export { PauseBar };
