'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import type { Approval, ApprovalDetail, BulkVerdict } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { takeBack } from './take-back';
import { afterUndo, groupOfferOf, liveOffers, offerOf, type UndoOffer } from './undo-offers';

interface UndoInput {
  readonly workspace: string;
  readonly viewerId: string;
  readonly announce: (text: string) => void;
  /** The call waits again: show it. */
  readonly onUndone: (id: string) => void;
}

/** Verdicts just given here that can still be taken back, and taking the newest of them back. */
export function useUndo({ workspace, viewerId, announce, onUndone }: UndoInput) {
  const client = useQueryClient();
  const { offers, add, replace } = useOffers();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const offer = useCallback(
    (made: UndoOffer | null): void => {
      if (made !== null) add(made);
    },
    [add],
  );
  const given = useCallback(
    (answer: ApprovalDetail, elapsed: number): void => offer(offerOf(answer, Date.now(), elapsed)),
    [offer],
  );
  const givenTogether = useCallback(
    (calls: readonly Approval[], answer: BulkVerdict): void =>
      offer(groupOfferOf(calls, answer, Date.now())),
    [offer],
  );

  const newest = offers.at(-1);
  const undo = async (): Promise<void> => {
    if (newest === undefined || sending) return;
    setSending(true);
    setFailure(null);
    const tries = await takeBack(client, workspace, viewerId, newest.ids);
    const { left, back, failure: why } = afterUndo(newest, tries);
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
    others: Math.max(0, offers.length - 1),
    sending,
    failure,
    dismissFailure: () => setFailure(null),
    given,
    givenTogether,
    undo,
  };
}

/** The offers, which end by themselves. */
function useOffers() {
  const [offers, setOffers] = useState<readonly UndoOffer[]>([]);
  useEffect(() => {
    const next = Math.min(...offers.map(({ until }) => until));
    if (!Number.isFinite(next)) return;
    const end = () => setOffers((before) => liveOffers(before, Date.now()));
    const timer = setTimeout(end, Math.max(0, next - Date.now()) + 10);
    return () => clearTimeout(timer);
  }, [offers]);
  const add = useCallback((made: UndoOffer): void => {
    const again = new Set(made.ids);
    setOffers((before) => [...before.filter(({ ids }) => !ids.some((id) => again.has(id))), made]);
  }, []);
  /** With what is left of it, in its place; with nothing when it is over. */
  const replace = useCallback((gone: UndoOffer, left: UndoOffer | null): void => {
    setOffers((before) => before.flatMap((one) => (one === gone ? (left ?? []) : one)));
  }, []);
  return { offers, add, replace };
}
