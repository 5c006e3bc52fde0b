'use client';

import { useState } from 'react';
import type { Approval, ApprovalDetail } from '@/lib/contracts';
import { fetchChanges } from '../queries';
import type { ViewParams } from '../view-params';
import { likeCalls, mayHaveOthers } from './like-calls';

/** The calls like the open one, and the sheet that decides them together. */
export function useGroup(workspace: string, view: ViewParams, detail: ApprovalDetail | undefined) {
  // As they were when it was opened: nothing comes in under the eyes of whoever reads it.
  const [shown, setShown] = useState<readonly Approval[] | null>(null);
  const size = detail?.group?.size ?? 0;
  const may = detail?.mayDecide.allowed === true && mayHaveOthers(detail) && size > 1;
  return {
    /** How many wait, the open one among them; 0 when it cannot be decided with others. */
    count: may ? size : 0,
    shown,
    open: async (): Promise<void> => {
      if (!may || detail.group === undefined) return;
      const { members } = await fetchChanges(workspace, view, { groups: [detail.group.key] });
      setShown(likeCalls(members, detail));
    },
    close: () => setShown(null),
  };
}
