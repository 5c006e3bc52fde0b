'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { approvalKeys } from '@/lib/client/query-keys';
import type { ApprovalDetail } from '@/lib/contracts';
import { approvalActions } from './queries';

/** Signs that somebody is at work. */
const SIGNS = ['keydown', 'pointerdown', 'wheel'] as const;

/**
 * Renews the viewer's claim on the open call while they work on it: once when less than half of it is left and there was a sign of
 * them since it was given. Whoever went away loses it by doing nothing.
 */
export function useClaimRenewal(
  workspace: string,
  open: ApprovalDetail | undefined,
  viewerId: string,
): void {
  const client = useQueryClient();
  const id = open?.id;
  const claim = open?.state === 'pending' ? open.claim : null;
  const until = claim?.by === viewerId ? claim.until : null;
  useEffect(() => {
    if (id === undefined || until === null) return undefined;
    const renewAt = Date.now() + (Date.parse(until) - Date.now()) / 2;
    let asked = false;
    const onSign = (): void => {
      if (asked || Date.now() < renewAt) return;
      asked = true;
      // Refused, or lost on the way: the claim ends as it would have, and the detail says so.
      approvalActions(workspace, id)
        .claim()
        .then((answer) => client.setQueryData(approvalKeys.detail(workspace, id), answer))
        .catch(() => undefined);
    };
    for (const sign of SIGNS) document.addEventListener(sign, onSign, { passive: true });
    return () => {
      for (const sign of SIGNS) document.removeEventListener(sign, onSign);
    };
  }, [client, workspace, id, until]);
}
