'use client';

import { useEffect, useRef, useState } from 'react';
import type { ApprovalDetail, QueueChanges } from '@/lib/contracts';
import { wouldNotRun } from '../asking';
import { fetchChanges } from '../queries';
import type { ViewParams } from '../view-params';
import type { GroupCall } from './call-facts';
import { likeCalls, mayHaveOthers } from './like-calls';

/** Calls that are read together, as they were when the sheet was opened: nothing comes in under the eyes of whoever reads it. */
export interface ShownGroup {
  readonly calls: readonly GroupCall[];
  readonly tool: ApprovalDetail['tool'];
  /** How many waited, those among them that are too many for one verdict. */
  readonly waiting: number;
  /** Why an approval would come to nothing; what holds for one of them holds for all. */
  readonly wouldNotRun: string | undefined;
  /** When they were read, in milliseconds since the epoch. */
  readonly at: number;
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
        const changes = await fetchChanges(workspace, view, { groups: [detail.group.key] });
        // An answer that comes when another call is open is about what nobody reads any more.
        if (openId.current === detail.id) setShown(shownGroup(changes, detail, Date.now()));
      } catch (error) {
        onFailure(error);
      }
    },
    close: () => setShown(null),
  };
}

/** The group as the server has just told it. */
export function shownGroup(
  { members, sessions }: Pick<QueueChanges, 'members' | 'sessions'>,
  detail: ApprovalDetail,
  at: number,
): ShownGroup {
  const asked = new Map(sessions.map((session) => [session.id, session]));
  const calls = likeCalls(members, detail).map((call) => ({
    ...call,
    session: asked.get(call.sessionId ?? '') ?? null,
  }));
  return {
    calls,
    tool: detail.tool,
    waiting: Math.max(calls.length, detail.group?.size ?? 0),
    wouldNotRun: wouldNotRun(detail) ? (detail.mayApprove?.why ?? '') : undefined,
    at,
  };
}
