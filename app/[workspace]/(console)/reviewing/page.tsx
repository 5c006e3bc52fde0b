import type { Metadata } from 'next';
import { myReviewingOptions, spanOf } from '@/components/reviewing/queries';
import { ReviewingPage } from '@/components/reviewing/reviewing-page';
import { getMyReviewing } from '@/lib/services/reviewing/mine';
import { oneOf, Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('My reviewing') });

/** How one's own verdicts hold up. */
export default async function Page({ params, searchParams }: ConsolePageProps) {
  const { workspace } = await params;
  const days = spanOf(oneOf((await searchParams).days));
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        client.prefetchQuery({
          ...myReviewingOptions(workspace, days),
          queryFn: () => getMyReviewing(context, { days }),
        })
      }
    >
      <ReviewingPage />
    </Prefetched>
  );
}
