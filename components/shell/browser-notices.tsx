'use client';

import { useCallback } from 'react';
import type { LiveEvent } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { useLiveListener } from '@/lib/client/use-live-events';

/** Calls that begin to wait while nobody looks at the console are told by the system, where this browser was asked to. */
export function BrowserNotices() {
  const workspace = useWorkspace();
  const mayDecide = usePermission('approvals.decide');
  useLiveListener(
    useCallback(
      ({ type, subjectId }: LiveEvent) => {
        if (type !== 'approval.opened' || subjectId === null || !mayDecide) return;
        if (document.hasFocus()) return;
        void import('@/lib/client/show-notice').then(
          ({ noticeCall }) => noticeCall(workspace, subjectId),
          () => undefined,
        );
      },
      [workspace, mayDecide],
    ),
  );
  return null;
}
