'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import type { Approval, ApprovalDetail, BulkVerdict } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { approvalActions } from '../queries';
import { afterUndo, groupOfferOf, offerOf, type UndoOffer, type UndoTry } from './undo-offers';
import type { useOffers } from './use-offers';

interface UndoInput {
  readonly workspace: string;
  readonly offers: ReturnType<typeof useOffers>;
  readonly announce: (text: string) => void;
  /** The call waits again: show it. */
  readonly onUndone: (id: string) => void;
}

/** Verdicts just given here that can still be taken back, and taking the newest of them back. */
export function useUndo({ workspace, offers, announce, onUndone }: UndoInput) {
  const client = useQueryClient();
  const { live, ended, add, replace } = offers;
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

  const newest = live.at(-1);
  const undo = async (): Promise<void> => {
    if (newest === undefined || sending) return;
    setSending(true);
    setFailure(null);
    const {
      left,
      back,
      failure: why,
    } = afterUndo(newest, await takeBack(client, workspace, newest.ids));
    setFailure(why);
    announce(why ?? t('Taken back. What was decided waits again.'));
    await client.refetchQueries({ queryKey: featureKey(workspace, 'approvals') });
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
    given,
    givenTogether,
    undo,
  };
}

/** One after the other; one that cannot be taken back, as the agent has used it already, keeps no other from it. */
async function takeBack(
  client: QueryClient,
  workspace: string,
  ids: readonly string[],
): Promise<readonly UndoTry[]> {
  const tries: UndoTry[] = [];
  for (const id of ids)
    try {
      const answer = await approvalActions(workspace, id).undo();
      client.setQueryData(approvalKeys.detail(workspace, id), answer);
      tries.push({ id });
    } catch (error) {
      tries.push({ id, error });
    }
  return tries;
}
