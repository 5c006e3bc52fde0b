'use client';

import { BellOff, CircleHelp, MessageCircleReply, Undo2, UserPlus } from 'lucide-react';
import { MenuItem } from '@/components/ui/menu';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { waitsForAnswer } from '../asking';
import type { useDecide } from '../use-decide';
import { KeyHint } from '../verdict/key-hint';

export interface WorkItemsProps {
  approval: ApprovalDetail;
  viewerId: string | null;
  decide: ReturnType<typeof useDecide>;
}

/** What stands in that menu. */
export function WorkItems({ approval, viewerId, decide }: WorkItemsProps) {
  const { askFor, act } = decide;
  const mine = approval.claim?.by === viewerId || approval.assignment?.to === viewerId;
  return (
    <>
      {waitsForAnswer(approval) ? (
        <MenuItem onSelect={() => askFor('answer')}>
          <MessageCircleReply aria-hidden size={14} /> {t('Answer the question…')}
        </MenuItem>
      ) : (
        <MenuItem onSelect={() => askFor('ask')}>
          <CircleHelp aria-hidden size={14} /> {t('Ask for information…')} <KeyHint>q</KeyHint>
        </MenuItem>
      )}
      <MenuItem onSelect={() => askFor('assign')}>
        <UserPlus aria-hidden size={14} /> {mine ? t('Hand over…') : t('Assign…')}{' '}
        <KeyHint>h</KeyHint>
      </MenuItem>
      {approval.assignment == null ? null : (
        <MenuItem onSelect={() => act({ type: 'assign', person: null })}>
          <Undo2 aria-hidden size={14} /> {t('Assign to nobody')}
        </MenuItem>
      )}
      {approval.snoozedUntil == null ? (
        <MenuItem onSelect={() => askFor('snooze')}>
          <BellOff aria-hidden size={14} /> {t('Put aside for me…')} <KeyHint>s</KeyHint>
        </MenuItem>
      ) : (
        <MenuItem onSelect={() => act({ type: 'snooze', until: null })}>
          <Undo2 aria-hidden size={14} /> {t('Back into my queue')}
        </MenuItem>
      )}
    </>
  );
}
