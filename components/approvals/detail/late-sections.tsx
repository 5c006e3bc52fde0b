'use client';

import { latePart } from '@/components/ui/late-part';
import { Skeleton } from '@/components/ui/states';
import { t } from '@/lib/client/language';
import { fetchArgumentForms } from './arguments-view';

// Below the first screen.
const [SinceSimilar, fetchSinceSimilar] = latePart(
  async () => (await import('./since-similar')).SinceSimilarSection,
  {
    whenSeen: true,
    loading: <Skeleton className="mx-4 my-4 h-20 md:mx-6" />,
    get what() {
      return t('The comparison could not be shown.');
    },
  },
);

const [SessionTimeline, fetchTimeline] = latePart(
  async () => (await import('./session-timeline')).SessionTimelineSection,
  {
    whenSeen: true,
    loading: <Skeleton className="mx-4 my-4 h-20 md:mx-6" />,
    get what() {
      return t('The session could not be shown.');
    },
  },
);

const [LowerSections, fetchLowerSections] = latePart(
  async () => (await import('./lower-sections')).LowerSections,
  {
    whenSeen: true,
    loading: <Skeleton className="mx-4 my-4 h-96 md:mx-6" />,
    get what() {
      return t('The rest of the call could not be shown.');
    },
  },
);

// Only of calls that a person approved.
const [HowItWent, fetchHowItWent] = latePart(
  async () => (await import('./how-it-went')).HowItWentSection,
  {
    whenSeen: true,
    loading: <Skeleton className="mx-4 my-4 h-20 md:mx-6" />,
    get what() {
      return t('What was said of this call could not be shown.');
    },
  },
);

/** Fetches the code of what an open call shows, before one is opened. */
export function fetchDetailParts(): void {
  fetchArgumentForms();
  fetchSinceSimilar();
  fetchTimeline();
  fetchHowItWent();
  fetchLowerSections();
}
export { HowItWent, LowerSections, SessionTimeline, SinceSimilar };
