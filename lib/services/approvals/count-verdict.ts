/** A verdict as evidence about the agent: now, or once the time to take it back is over. */
import { actorId, actorRef } from '@/lib/auth';
import type { Sql } from '@/lib/db';
import {
  applySignals,
  deferVerdict,
  foreseeSignals,
  readVerdictRules,
  storeVerdictEffect,
  type AppliedSignals,
  type NewSignal,
} from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { magnitudeOf } from '@/lib/services/reviewing/measure';
import { rejectionSignals } from '@/lib/trust';
import type { ApprovalRow } from './approval-rows';
import type { Verdict } from './decide';

/** What the verdict did, or what it will do if nobody takes it back. */
export interface CountedVerdict extends Omit<AppliedSignals, 'ladderVersion'> {
  readonly undoUntil?: Date;
}

/** The caller has locked the approval, and appends the notes to the ledger. */
export async function countVerdict(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
  verdict: Verdict,
): Promise<CountedVerdict> {
  const { workspaceId } = actor;
  const about = {
    workspaceId,
    agentId: approval.agentId,
    now: now.getTime(),
    actor: actorRef(actor),
    signals: signalsOf({ actor }, approval, verdict, await magnitudeOf(sql, actor)),
  };
  const seconds = isUndoable(verdict) ? (await readVerdictRules(sql, workspaceId)).undoSeconds : 0;
  if (seconds === 0) {
    const applied = await applySignals(sql, about);
    await storeVerdictEffect(sql, {
      workspaceId,
      approvalId: approval.id,
      now: about.now,
      ...applied,
    });
    return applied;
  }
  const undoUntil = new Date(about.now + seconds * 1000 + (verdict.undoLaterMs ?? 0));
  const { id: approvalId, decisionId } = approval;
  await deferVerdict(sql, { ...about, approvalId, decisionId, dueAt: undoUntil.getTime() });
  const assessment = await foreseeSignals(sql, about);
  return { assessment, notes: [], announcements: [], undoUntil };
}

/** A grant works at once and is revoked, not undone. */
const isUndoable = (verdict: Verdict): boolean =>
  verdict.undoable === true && (verdict.outcome === 'rejected' || verdict.scope === undefined);

function signalsOf(
  { actor }: Pick<ServiceContext, 'actor'>,
  approval: ApprovalRow,
  verdict: Verdict,
  weight: { readonly magnitude?: number },
): NewSignal[] {
  return kindsOf(verdict).map((kind) => ({
    kind,
    ...weight,
    source: `reviewer:${actorId(actor)}`,
    sourceClass: 'reviewer',
    decisionId: approval.decisionId,
    detail: {
      approval: approval.id,
      tool: approval.tool,
      by: actor.name,
      ...(verdict.outcome === 'rejected' ? { reason: verdict.reason } : {}),
    },
  }));
}

function kindsOf(verdict: Verdict): readonly string[] {
  if (verdict.outcome === 'rejected') return rejectionSignals(verdict.reason);
  return [verdict.edits === undefined ? 'outcome.approved' : 'outcome.edited'];
}
