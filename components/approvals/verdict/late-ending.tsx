'use client';

import { latePart } from '@/components/ui/late-part';
import { Skeleton } from '@/components/ui/states';
import { t } from '@/lib/client/language';

// A call that waits has none. It is fetched long before the first verdict is given: with the first sign of a person.
const [EndingNotice, fetchEnding] = latePart(
  async () => (await import('./ending-notice')).EndingNotice,
  {
    loading: <Skeleton className="h-6" />,
    get what() {
      return t('How the call ended could not be shown.');
    },
  },
);
export { EndingNotice, fetchEnding };
