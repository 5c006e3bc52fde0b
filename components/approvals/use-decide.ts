'use client';

import { usePermission } from '@/lib/client/session';
import type { ApprovalDetail } from '@/lib/contracts';
import { argumentsShown } from './arguments-shown';
import { type Asking, letsRun, mayAsk, modeOf, questionOf } from './asking';
import { useAsking } from './use-asking';
import type { useFocusTargets } from './use-focus-targets';
import type { Deed } from './deed-state';
import type { useVerdicts } from './use-verdicts';
import { isWork } from './work/work-deeds';

interface DecideInput {
  openId: string | null;
  detail: ApprovalDetail | undefined;
  viewerId: string;
  verdicts: ReturnType<typeof useVerdicts>;
  refs: ReturnType<typeof useFocusTargets>;
}

/** Asking and doing, for the open call: every key and every button ends here, so that both obey the same rules. */
export function useDecide({ openId, detail, viewerId, verdicts, refs }: DecideInput) {
  const { asking, ask, mayConfirm } = useAsking(openId);
  const mayComment = usePermission('approvals.comment');
  const state = openId === null ? undefined : verdicts.states.get(openId);
  const may = (next: Asking): boolean =>
    state?.kind !== 'sending' &&
    (next !== 'edit' || hasArguments(detail)) &&
    (!isGrant(next) || detail?.mayGrant.allowed === true) &&
    (!letsRun(next) || argumentsShown(openId)) &&
    mayAsk(next, detail, mayComment, Date.now());

  const act = (deed: Deed): void => {
    if (openId === null || state?.kind === 'sending') return;
    if (deed.type !== 'undo' && !may(questionOf(deed))) return;
    void verdicts.send(openId, deed).then((result) => {
      // What was typed into the form stays, so that it can be put right.
      if (result === 'failed' && keepsForm(deed)) return;
      ask('nothing');
      refs.afterDeed();
    });
  };
  const askFor = (next: Asking): void => {
    if (next === 'nothing') {
      ask('nothing');
      refs.focusAction(asking);
    } else if (openId !== null && may(next)) {
      verdicts.dismiss(openId);
      ask(next);
    }
  };
  const confirm = (target?: string): void => {
    if (detail !== undefined && mayConfirm())
      act({ type: 'approve', digest: detail.digest, target });
  };
  const claim = (): void => {
    if (detail !== undefined) act({ type: detail.claim?.by === viewerId ? 'release' : 'claim' });
  };
  return { asking, state, mode: modeOf(asking, detail), act, askFor, confirm, claim };
}

const keepsForm = (deed: Deed): boolean =>
  deed.type === 'approve' ? (deed.edits ?? deed.scope) !== undefined : isWork(deed);
const isGrant = (asking: Asking): boolean => asking === 'grantUses' || asking === 'grantTime';

/** A call without arguments has nothing to edit. */
export const hasArguments = (detail: Pick<ApprovalDetail, 'action'> | undefined): boolean =>
  detail !== undefined && Object.keys(detail.action.properties.arguments).length > 0;
