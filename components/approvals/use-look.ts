'use client';

import { useEffect } from 'react';
import { apiOf } from '@/lib/client/api';
import { usePermission } from '@/lib/client/session';
import type { ApprovalDetail } from '@/lib/contracts';

/** A call that stays open longer in one go was left open; the server has a bound of its own. */
const MOST_SECONDS = 300;

/**
 * Tells the server how long the open call was in sight before its verdict: for the figures of the person alone. Only whether the
 * page is visible is looked at, no keys and no pointer. A report that is lost is lost.
 */
export function useLook(
  workspace: string,
  detail: Pick<ApprovalDetail, 'id' | 'state'> | undefined,
): void {
  const mayDecide = usePermission('approvals.decide');
  const id = mayDecide && detail?.state === 'pending' ? detail.id : undefined;
  useEffect(() => {
    if (id === undefined) return undefined;
    let since = document.visibilityState === 'visible' ? performance.now() : null;
    const report = (): void => {
      if (since === null) return;
      const seconds = Math.min(MOST_SECONDS, Math.round((performance.now() - since) / 1000));
      since = null;
      if (seconds < 1) return;
      const path = `/api/v1/approvals/${encodeURIComponent(id)}/look`;
      void apiOf(workspace)
        .post(path, { seconds }, { keepalive: true })
        .catch(() => undefined);
    };
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') report();
      else since ??= performance.now();
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      report();
    };
  }, [workspace, id]);
}
