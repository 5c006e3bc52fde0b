'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { apiOf } from '@/lib/client/api';
import { ApiError, describeError } from '@/lib/client/api-error';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import { useSession } from '@/lib/client/session';
import type { Approval, BulkVerdict, BulkVerdictRequest, RejectReason } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { CONFIRM_GUARD_MS } from '../shortcuts';
import type { useLinesSeen } from './use-lines-seen';
import { isLost, readResults } from './lost-answer';

type Step = { at: 'reading' } | { at: 'confirming'; verdict: 'approve' | 'reject'; since: number };

type Reading = Pick<ReturnType<typeof useLinesSeen>, 'seen' | 'show'>;

/** What is on the sheet to be read. */
interface Read {
  readonly calls: readonly Approval[];
  /** The values all calls have in common, by the id they are read under. */
  readonly shared: readonly string[];
}

export type Deciding = ReturnType<typeof useDeciding>;

/** What is ticked, what is being asked, and sending it. */
export function useDeciding(
  workspace: string,
  { calls, shared }: Read,
  reading: Reading,
  onDecided: (calls: readonly Approval[], answer: BulkVerdict) => void,
) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [step, setStep] = useState<Step>({ at: 'reading' });
  const [reason, setReason] = useState<RejectReason | ''>('');
  const chosen = calls.filter(({ id }) => !left.has(id));
  const unread = leftToRead(chosen, shared, reading);
  const { send, ...sending } = useSending(workspace, (answer) => onDecided(chosen, answer));
  const toggle = useCallback((id: string) => {
    setLeft((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
    setStep({ at: 'reading' });
  }, []);
  const onAsk = (verdict: 'approve' | 'reject'): void => {
    // Nobody lets run what was not on the screen.
    if (verdict === 'approve' && unread.showNext !== undefined) return;
    setStep({ at: 'confirming', verdict, since: performance.now() });
  };
  const onConfirm = (): void => {
    if (step.at === 'reading' || performance.now() - step.since < CONFIRM_GUARD_MS) return;
    void send({
      items: chosen.map(({ id, digest }) => ({ id, digest })),
      verdict: step.verdict,
      ...(step.verdict === 'reject' && reason !== '' ? { reason } : {}),
      undoable: true,
    });
  };
  return {
    ...sending,
    left,
    toggle,
    step,
    count: chosen.length,
    ...unread,
    leaveUnseen: () => setLeft(new Set([...left, ...unread.unseen.map(({ id }) => id)])),
    reason,
    onReason: setReason,
    onAsk,
    onBack: () => setStep({ at: 'reading' }),
    onConfirm,
  };
}

/** What has not been on the screen, which keeps the calls from being approved. */
function leftToRead(
  chosen: readonly Approval[],
  shared: readonly string[],
  { seen, show }: Reading,
) {
  const unseen = chosen.filter(({ id }) => !seen.has(id));
  const unseenShared = shared.filter((id) => !seen.has(id));
  const next = unseenShared[0] ?? unseen[0]?.id;
  return {
    /** Ticked lines. */
    unseen,
    /** Values of all calls, which nobody can leave out. */
    unseenShared,
    /** Brings the first of all of it into sight; undefined when everything has been on the screen. */
    showNext: next === undefined ? undefined : () => show(next),
  };
}

interface Failure {
  readonly text: string;
  /** Why single calls keep the others from being decided, by their id. */
  readonly of: ReadonlyMap<string, string>;
}

function useSending(workspace: string, onDecided: (answer: BulkVerdict) => void) {
  const client = useQueryClient();
  const { person } = useSession();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [answer, setAnswer] = useState<BulkVerdict | null>(null);
  const send = async (body: BulkVerdictRequest): Promise<void> => {
    if (pending) return;
    setPending(true);
    setFailure(null);
    const since = performance.now();
    try {
      const got = await sendOrRead(workspace, body, person.id, () => performance.now() - since);
      setAnswer(got);
      onDecided(got);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setPending(false);
      void client.invalidateQueries({ queryKey: featureKey(workspace, 'approvals') });
      void client.invalidateQueries({ queryKey: featureKey(workspace, 'approval') });
      void client.invalidateQueries({ queryKey: approvalKeys.pending(workspace) });
    }
  };
  return { pending, failure, answer, send };
}

/** Where no answer says what became of the verdicts, the approvals do. */
async function sendOrRead(
  workspace: string,
  body: BulkVerdictRequest,
  viewerId: string,
  elapsed: () => number,
): Promise<BulkVerdict> {
  try {
    return await apiOf(workspace).post<BulkVerdict>('/api/v1/approvals/bulk', body);
  } catch (error) {
    if (!isLost(error)) throw error;
    return readResults(workspace, body, viewerId, elapsed).catch(() => {
      throw error;
    });
  }
}

function failureOf(error: unknown): Failure {
  const { detail } = describeError(error);
  const errors = error instanceof ApiError ? (error.errors ?? []) : [];
  return {
    text: isLost(error)
      ? `${detail} ${t('Nobody can say now which of them were decided. Confirming again decides none twice.')}`
      : detail,
    of: new Map(errors.map(({ path, message }) => [path, message])),
  };
}
