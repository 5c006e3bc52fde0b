'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import type { Approval, ApprovalDetail, BulkVerdict } from '@/lib/contracts';
import { noAnswer } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { groupOfferOf, offerOf, type UndoOffer } from './undo-offers';
import type { useOffers } from './use-offers';

interface UndoInput {
  readonly workspace: string;
  readonly viewerId: string;
  readonly offers: ReturnType<typeof useOffers>;
  readonly announce: (text: string) => void;
  /** The call waits again: show it. */
  readonly onUndone: (id: string) => void;
}

/** Verdicts just given here that can still be taken back, and taking the newest of them back. */
export function useUndo({ workspace, viewerId, offers, announce, onUndone }: UndoInput) {
  const client = useQueryClient();
  const { live, ended, add, replace } = offers;
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const newest = live.at(-1);
  const undo = async (): Promise<void> => {
    if (newest === undefined || sending) return;
    setSending(true);
    setFailure(null);
    const code = await import('./after-undo').catch(() => null);
    if (code === null) {
      setFailure(noAnswer().detail);
      setSending(false);
      return;
    }
    const tries = await code.takeBack(client, workspace, viewerId, newest.ids);
    const { left, back, failure: why } = code.afterUndo(newest, tries);
    setFailure(why);
    announce(why ?? t('Taken back. What was decided waits again.'));
    await client.refetchQueries({ queryKey: featureKey(workspace, 'approvals') });
    void client.invalidateQueries({ queryKey: featureKey(workspace, 'approval') });
    void client.invalidateQueries({ queryKey: approvalKeys.pending(workspace) });
    replace(newest, left);
    setSending(false);
    if (back[0] !== undefined) onUndone(back[0]);
  };
  return {
    newest,
    /** What could be taken back until just now; nothing while something can be. */
    ended: newest === undefined ? ended : null,
    others: Math.max(0, live.length - 1),
    sending,
    failure,
    dismissFailure: () => setFailure(null),
    ...useGiven(add),
    undo,
  };
}

/** What a verdict just given offers to take back. */
function useGiven(add: UndoInput['offers']['add']) {
  const offer = useCallback(
    (made: UndoOffer | null): void => {
      if (made !== null) add(made);
    },
    [add],
  );
  return {
    given: useCallback(
      (answer: ApprovalDetail, elapsed: number): void =>
        offer(offerOf(answer, Date.now(), elapsed)),
      [offer],
    ),
    givenTogether: useCallback(
      (calls: readonly Approval[], answer: BulkVerdict): void =>
        offer(groupOfferOf(calls, answer, Date.now())),
      [offer],
    ),
  };
}
