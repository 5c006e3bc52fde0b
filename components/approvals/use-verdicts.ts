'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { approvalKeys, grantsKey } from '@/lib/client/query-keys';
import type { ApprovalDetail } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';
import { approveCall } from './approve-call';
import { type Deed, type DeedState, mayStandOtherwise, stateAfterError } from './deed-state';
import { approvalActions, approvalDetailOptions } from './queries';
import { WORK_DONE, performWork } from './work/work-deeds';

const DONE_WORDS: Readonly<Record<Exclude<Deed['type'], keyof typeof WORK_DONE>, string>> = texts({
  approve: 'Approved.',
  reject: 'Rejected.',
  comment: 'Comment added.',
  claim: 'Claimed.',
  release: 'Released.',
  undo: 'Taken back. The call waits again.',
});

// Not one table of both: a copy would be read when this is loaded, before the language is known.
const wordsOf = (type: Deed['type']): string =>
  isWorkType(type) ? WORK_DONE[type] : DONE_WORDS[type];

const isWorkType = (type: Deed['type']): type is keyof typeof WORK_DONE =>
  Object.hasOwn(WORK_DONE, type);

interface VerdictsInput {
  readonly workspace: string;
  /** Tells one's own verdict, whose answer was lost on the way, from somebody else's. */
  readonly viewerId: string;
  /** Speaks to screen readers. */
  readonly announce: (text: string) => void;
  /** Hears of each verdict that was recorded, as it stands, and how long ago it was sent, in milliseconds. */
  readonly onGiven: (answer: ApprovalDetail, elapsed: number) => void;
}

/** Sends deeds and remembers how each ended. */
export function useVerdicts({ workspace, viewerId, announce, onGiven }: VerdictsInput) {
  const client = useQueryClient();
  const [states, setStates] = useState<ReadonlyMap<string, DeedState>>(new Map());

  const set = useCallback((id: string, state: DeedState | null) => {
    setStates((before) => {
      const after = new Map(before);
      if (state === null) after.delete(id);
      else after.set(id, state);
      return after;
    });
  }, []);

  const send = useCallback(
    async (id: string, deed: Deed): Promise<'done' | 'failed'> => {
      let result: 'done' | 'failed' = 'done';
      set(id, { kind: 'sending', deed });
      const since = performance.now();
      const detailKey = approvalKeys.detail(workspace, id);
      try {
        const answer = await perform(workspace, id, deed, () => {
          set(id, { kind: 'sending', deed, waitsForPasskey: true });
          announce(t('Confirm with your passkey.'));
        });
        await client.cancelQueries({ queryKey: detailKey });
        client.setQueryData(detailKey, answer);
        if (isVerdict(deed)) onGiven(answer, 0);
        set(id, { kind: 'done', deed });
        announce(doneWords(deed, answer));
      } catch (error) {
        const current = await reread(error, client, workspace, id);
        const after = stateAfterError(error, deed, current, viewerId);
        set(id, after);
        announce(after.kind === 'failed' ? after.text : wordsOf(deed.type));
        if (after.kind === 'failed') result = 'failed';
        else if (current !== null && isVerdict(deed)) onGiven(current, performance.now() - since);
      }
      void client.invalidateQueries({ queryKey: approvalKeys.pending(workspace) });
      if (deed.type === 'approve' && deed.scope !== undefined)
        void client.invalidateQueries({ queryKey: grantsKey(workspace) });
      return result;
    },
    [workspace, viewerId, client, set, announce, onGiven],
  );

  return { states, send, dismiss: (id: string) => set(id, null) };
}

function doneWords(deed: Deed, answer: ApprovalDetail): string {
  // A verdict on a made-up call is none.
  if (answer.canary) return t('This was a canary. How you did stands above the call.');
  if (deed.type === 'approve' && answer.state === 'pending')
    return t('Approved. A second person has to approve it too.');
  return wordsOf(deed.type);
}

function perform(
  workspace: string,
  id: string,
  deed: Deed,
  onPasskey: () => void,
): Promise<ApprovalDetail> {
  const actions = approvalActions(workspace, id);
  switch (deed.type) {
    case 'approve':
      return approveCall(workspace, id, approvalOf(deed), onPasskey);
    case 'reject':
      return actions.reject({ reason: deed.reason, comment: deed.comment, undoable: true });
    case 'comment':
      return actions.comment(deed.body, deed.key);
    case 'claim':
      return actions.claim();
    case 'release':
      return actions.release();
    case 'undo':
      return actions.undo();
    default:
      return performWork(workspace, id, deed);
  }
}

function approvalOf({ type: _, ...approval }: Extract<Deed, { type: 'approve' }>) {
  return { ...approval, undoable: true };
}

const isVerdict = ({ type }: Deed): boolean => type === 'approve' || type === 'reject';

/** Where the answer does not say how the call stands now, the approval itself does. */
async function reread(
  error: unknown,
  client: QueryClient,
  workspace: string,
  id: string,
): Promise<ApprovalDetail | null> {
  if (!mayStandOtherwise(error)) return null;
  const asked = client.fetchQuery({
    ...approvalDetailOptions(workspace, id),
    staleTime: 0,
    retry: false,
    // Not paused while the browser is offline: the reviewer must hear at once that nothing was recorded.
    networkMode: 'always',
  });
  return asked.catch(() => null);
}
