'use client';

import { useEffect, useRef, useState } from 'react';
import type { Approval, ApprovalDetail } from '@/lib/contracts';
import { fetchChanges } from '../queries';
import type { ViewParams } from '../view-params';
import { likeCalls, mayHaveOthers } from './like-calls';

/** Calls that are read together, as they were when the sheet was opened: nothing comes in under the eyes of whoever reads it. */
export interface ShownGroup {
  readonly calls: readonly Approval[];
  readonly tool: ApprovalDetail['tool'];
}

/**
 * The calls like the open one, and the sheet that decides them together.
 *
 * @param onFailure hears why the sheet could not be opened
 */
export function useGroup(
  workspace: string,
  view: ViewParams,
  detail: ApprovalDetail | undefined,
  onFailure: (error: unknown) => void,
) {
  const [shown, setShown] = useState<ShownGroup | null>(null);
  const openId = useRef(view.item);
  useEffect(() => {
    openId.current = view.item;
  });
  const size = detail?.group?.size ?? 0;
  const may = detail?.mayDecide.allowed === true && mayHaveOthers(detail) && size > 1;
  return {
    /** How many wait, the open one among them; 0 when it cannot be decided with others. */
    count: may ? size : 0,
    shown,
    open: async (): Promise<void> => {
      if (!may || detail.group === undefined) return;
      try {
        const { members } = await fetchChanges(workspace, view, { groups: [detail.group.key] });
        // An answer that comes when another call is open is about what nobody reads any more.
        if (openId.current === detail.id)
          setShown({ calls: likeCalls(members, detail), tool: detail.tool });
      } catch (error) {
        onFailure(error);
      }
    },
    close: () => setShown(null),
  };
}
