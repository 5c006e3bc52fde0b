'use client';

import { BellOff, CircleHelp, Ellipsis, MessageCircleReply, Undo2, UserPlus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { waitsForAnswer } from '../asking';
import type { useDecide } from '../use-decide';
import { KeyHint } from '../verdict/key-hint';

interface WorkMenuProps {
  approval: ApprovalDetail;
  viewerId: string | null;
  decide: ReturnType<typeof useDecide>;
}

/** What else can be done with a call: ask, assign, put aside. */
export function WorkMenu({ approval, viewerId, decide }: WorkMenuProps) {
  const { askFor, act } = decide;
  const mine = approval.claim?.by === viewerId || approval.assignment?.to === viewerId;
  return (
    <Menu
      label={t('More for this call')}
      align="end"
      side="thumb"
      trigger={
        <Button
          variant="quiet"
          data-ask="more"
          className="w-full max-md:h-11"
          icon={<Ellipsis aria-hidden size={16} />}
        >
          <span className="md:sr-only">{t('More')}</span>
        </Button>
      }
    >
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
    </Menu>
  );
}

/** For whoever may not decide but may know the answer: the owner of the agent above all. */
export function AnswerButton({ decide }: Pick<WorkMenuProps, 'decide'>) {
  return (
    <Button
      variant="primary"
      data-ask="answer"
      className="max-md:h-11"
      icon={<MessageCircleReply aria-hidden size={16} />}
      onClick={() => decide.askFor('answer')}
    >
      {t('Answer the question')}
    </Button>
  );
}
