'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { describeError } from '@/lib/client/api-error';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import type { Approval, ApprovalDetail, BulkVerdict } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { approvalActions } from '../queries';
import { groupOfferOf, liveOffers, offerOf, type UndoOffer } from './undo-offers';

interface UndoInput {
  readonly workspace: string;
  readonly announce: (text: string) => void;
  /** The call waits again: show it. */
  readonly onUndone: (id: string) => void;
}

/** Verdicts just given here that can still be taken back, and taking the newest of them back. */
export function useUndo({ workspace, announce, onUndone }: UndoInput) {
  const client = useQueryClient();
  const { offers, add, remove } = useOffers();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const offer = useCallback(
    (made: UndoOffer | null): void => {
      setFailure(null);
      if (made !== null) add(made);
    },
    [add],
  );
  const given = useCallback(
    (answer: ApprovalDetail): void => offer(offerOf(answer, Date.now())),
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
    try {
      await takeBack(client, workspace, newest.ids);
      announce(t('Taken back. What was decided waits again.'));
    } catch (error) {
      setFailure(describeError(error).detail);
    } finally {
      await client.refetchQueries({ queryKey: featureKey(workspace, 'approvals') });
      void client.invalidateQueries({ queryKey: approvalKeys.pending(workspace) });
      remove(newest);
      setSending(false);
      onUndone(newest.ids[0] ?? '');
    }
  };
  return {
    newest,
    others: Math.max(0, offers.length - 1),
    sending,
    failure,
    given,
    givenTogether,
    undo,
  };
}

/** One after the other; the first that cannot be taken back ends it. */
async function takeBack(
  client: QueryClient,
  workspace: string,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const answer = await approvalActions(workspace, id).undo();
    client.setQueryData(approvalKeys.detail(workspace, id), answer);
  }
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
  const remove = useCallback(
    (gone: UndoOffer): void => setOffers((before) => before.filter((one) => one !== gone)),
    [],
  );
  return { offers, add, remove };
}
