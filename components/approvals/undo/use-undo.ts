'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { describeError } from '@/lib/client/api-error';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import type { ApprovalDetail } from '@/lib/contracts';
import { approvalActions } from '../queries';
import { liveOffers, offerOf, type UndoOffer } from './undo-offers';

interface UndoInput {
  readonly workspace: string;
  readonly announce: (text: string) => void;
  /** The call waits again: show it. */
  readonly onUndone: (id: string) => void;
}

/** Verdicts just given here that can still be taken back, and taking the newest of them back. */
export function useUndo({ workspace, announce, onUndone }: UndoInput) {
  const client = useQueryClient();
  const [offers, setOffers] = useState<readonly UndoOffer[]>([]);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const next = Math.min(...offers.map(({ until }) => until));
    if (!Number.isFinite(next)) return;
    const end = () => setOffers((before) => liveOffers(before, Date.now()));
    const timer = setTimeout(end, Math.max(0, next - Date.now()) + 10);
    return () => clearTimeout(timer);
  }, [offers]);

  const given = useCallback((answer: ApprovalDetail): void => {
    const offer = offerOf(answer, Date.now());
    setFailure(null);
    if (offer !== null)
      setOffers((before) => [...before.filter(({ id }) => id !== offer.id), offer]);
  }, []);

  const newest = offers.at(-1);
  const undo = async (): Promise<void> => {
    if (newest === undefined || sending) return;
    setSending(true);
    try {
      const answer = await approvalActions(workspace, newest.id).undo();
      client.setQueryData(approvalKeys.detail(workspace, newest.id), answer);
      await client.refetchQueries({ queryKey: featureKey(workspace, 'approvals') });
      void client.invalidateQueries({ queryKey: approvalKeys.pending(workspace) });
      announce('Taken back. The call waits again.');
      onUndone(newest.id);
    } catch (error) {
      setFailure(describeError(error).detail);
    } finally {
      setOffers((before) => before.filter((offer) => offer !== newest));
      setSending(false);
    }
  };
  return { newest, others: Math.max(0, offers.length - 1), sending, failure, given, undo };
}
