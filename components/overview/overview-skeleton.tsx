import { Skeleton, SkeletonRows } from '@/components/ui/states';
import { t } from '@/lib/client/language';

const HEIGHTS = ['h-10', 'h-16', 'h-24', 'h-12', 'h-6'];

/** The shape of the overview while it loads. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label={t('Loading the overview')} className="grid gap-4 lg:grid-cols-3">
      <div className="rounded-lg border border-line bg-surface p-4 lg:col-span-2">
        <Skeleton className="h-4 w-32" />
        <div className="mt-6 grid h-40 grid-cols-5 items-end gap-4">
          {HEIGHTS.map((height) => (
            <Skeleton key={height} className={height} />
          ))}
        </div>
      </div>
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-8 w-16" />
        <Skeleton className="h-20" />
      </div>
      <div className="rounded-lg border border-line bg-surface lg:col-span-2">
        <SkeletonRows rows={8} label={t('Loading decisions')} />
      </div>
      <div className="rounded-lg border border-line bg-surface">
        <SkeletonRows rows={5} label={t('Loading incidents')} />
      </div>
    </div>
  );
}
