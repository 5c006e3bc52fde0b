'use client';

import type { ReactNode } from 'react';
import { ApiError, describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { Button } from './button';
import { InlineStatus } from './inline-status';
import { Failed, NoPermission, SkeletonRows } from './states';

interface QueryLike<Data> {
  data: Data | undefined;
  error: Error | null;
  isPending: boolean;
  refetch: () => unknown;
}

export interface QueryViewProps<Data> {
  query: QueryLike<Data>;
  /** A sentence for the failed state: "The ledger could not be loaded." */
  what: string;
  /** A skeleton of the real shape. */
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Loading, failed and no permission of a query; data that could not be refreshed stays, and says so. */
export function QueryView<Data>({ query, what, loading, children }: QueryViewProps<Data>) {
  const { data, error } = query;
  if (data !== undefined)
    return (
      <>
        {error ? (
          <InlineStatus
            tone="warning"
            className="m-2"
            action={
              <Button size="sm" onClick={() => void query.refetch()}>
                {t('Try again')}
              </Button>
            }
          >
            {what} {t('What you see is from before.')} {describeError(error).detail}
          </InlineStatus>
        ) : null}
        {children(data)}
      </>
    );
  if (error instanceof ApiError && error.forbidden)
    return <NoPermission what={t('Your role does not show this')} who={error.detail} />;
  if (error)
    return <Failed what={what} {...describeError(error)} onRetry={() => void query.refetch()} />;
  return loading ?? <SkeletonRows />;
}
