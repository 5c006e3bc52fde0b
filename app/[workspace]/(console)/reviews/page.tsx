import type { Metadata } from 'next';
import {
  REVIEW_PAGE_SIZE,
  ReviewsPage,
  sampleListOptions,
  tabOf,
} from '@/components/approvals/review';
import { reviewListQuerySchema } from '@/lib/contracts';
import { listReviews } from '@/lib/services/reviews/list';
import { oneOf, Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Reviews') });

/** Actions that ran without a person, drawn for a look afterwards. */
export default async function Page({ params, searchParams }: ConsolePageProps) {
  const { workspace } = await params;
  const state = tabOf(oneOf((await searchParams).tab));
  const query = reviewListQuerySchema.parse({ state, limit: REVIEW_PAGE_SIZE });
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        client.prefetchInfiniteQuery({
          ...sampleListOptions(workspace, state),
          queryFn: () => listReviews(context, query),
        })
      }
    >
      <ReviewsPage />
    </Prefetched>
  );
}
