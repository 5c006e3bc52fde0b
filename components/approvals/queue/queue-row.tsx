'use client';

import { ChevronDown, ChevronRight, FileWarning, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatScore, trustSentence } from '@/components/trust/score-text';
import { TrustGlyph } from '@/components/trust/trust-glyph';
import { cx } from '@/components/ui/class-names';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Approval } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { endingOf } from '../approval-state';
import { outsideFlag } from '../provenance-words';
import type { GroupPlace, QueueRow } from '../queue-rows';
import { workMarks } from '../work/work-marks';
import { RiskMark } from '../risk-mark';
import { summarizeAction, summaryInputOf } from '../summary';
import { SummaryLine } from '../summary-line';
import { TimeLeftText } from '../time-left-text';

/** All rows have this height (px), so that nothing on screen moves when rows come and go above. */
export const ROW_HEIGHT = 82;

interface QueueRowViewProps {
  row: QueueRow;
  place: GroupPlace;
  /** The present to the minute (ms). */
  minute: number;
  selected: boolean;
  /** A verdict on this row is on its way to the server. */
  sending: boolean;
}

/** What waits, in two lines: who with what risk and how long, and what would happen. */
export function QueueRowView({ row, place, selected, sending, minute }: QueueRowViewProps) {
  const { approval, closed, unseen } = row;
  return (
    <div
      style={{ height: ROW_HEIGHT }}
      className={cx(
        'flex flex-col justify-center gap-1 border-b border-l-[3px] border-line px-3',
        selected
          ? 'border-l-accent bg-accent-soft [--line:var(--line-strong)]'
          : 'border-l-transparent hover:bg-hover',
        unseen && 'animate-enter',
        place === 'member' && 'pl-8',
      )}
    >
      <div className="flex min-w-0 items-center gap-2 text-dense">
        <RiskMark risk={approval.risk} />
        <span
          data-hint={trustSentence(approval.agent.trust)}
          className="inline-flex items-center gap-1 text-ink-2"
        >
          <TrustGlyph trust={approval.agent.trust} size={20} decorative />
          {formatScore(approval.agent.trust.score)}
        </span>
        {/* The name first: where both do not fit, the tool, which the sentence below tells of, wraps out of sight. */}
        <span className="flex h-5 min-w-0 flex-1 flex-wrap items-center gap-x-2 overflow-hidden leading-5">
          <span className="max-w-full truncate text-ink-2">
            <UntrustedText text={approval.agent.name} />
          </span>
          <span className="min-w-[9ch] flex-1 truncate text-ink-3">
            <UntrustedText text={approval.action.name} mono />
          </span>
        </span>
        {unseen ? <span className="text-xs font-semibold text-accent">{t('new')}</span> : null}
        {sending ? (
          <span className="text-xs text-ink-2">{t('sending…')}</span>
        ) : closed ? (
          <RelativeTime at={approval.closedAt ?? approval.expiresAt} className="text-ink-3" />
        ) : (
          <TimeLeftText requestedAt={approval.requestedAt} expiresAt={approval.expiresAt} />
        )}
      </div>
      <p className={cx('line-clamp-2 text-sm leading-[19px]', closed ? 'text-ink-3' : 'text-ink')}>
        <GroupMark approval={approval} place={place} />
        <RowStatus approval={approval} closed={closed} minute={minute} />
        <SummaryLine parts={summarizeAction(summaryInputOf(approval))} />
      </p>
    </div>
  );
}

/** How a closed row ended, or who holds an open one, in front of the sentence. */
function RowStatus({
  approval,
  closed,
  minute,
}: {
  approval: Approval;
  closed: boolean;
  minute: number;
}) {
  if (closed && approval.state === 'pending')
    return <span className="font-semibold text-ink-2">{t('No longer in this list.')} </span>;
  if (closed) {
    const ending = endingOf(approval);
    const tone =
      approval.state === 'approved'
        ? 'text-approved'
        : approval.state === 'rejected'
          ? 'text-rejected'
          : 'text-ink-2';
    return (
      <span className={cx('font-semibold', tone)}>
        {ending === null ? t('No longer waiting') : ending.word}
        {ending?.by ? ` ${t('by {person}', { person: ending.by })}` : ''}.{' '}
      </span>
    );
  }
  const flag = outsideFlag(approval.reasons);
  return (
    <>
      {workMarks(approval, minute).map(({ icon: Icon, text, tone }) => (
        <RowChip key={text} className={MARK_TONES[tone]}>
          <Icon aria-hidden size={11} className="shrink-0" />
          {text}
        </RowChip>
      ))}
      {approval.verdictsGiven === 0 ? null : (
        <RowChip className="bg-sunken font-medium text-ink">
          <UsersRound aria-hidden size={11} className="shrink-0" />
          {t('waits for a second person')}
        </RowChip>
      )}
      {flag === null ? null : (
        <RowChip className="bg-sev-2-soft font-medium text-sev-2">
          <FileWarning aria-hidden size={11} className="shrink-0" />
          {flag}
        </RowChip>
      )}
    </>
  );
}

const MARK_TONES = {
  calm: 'bg-sunken text-ink-2',
  asks: 'bg-accent-soft font-medium text-accent',
  urgent: 'bg-sev-1-soft font-medium text-sev-1',
} as const;

/** How many like calls the row stands for; pressing it opens or folds them, as does the key g. */
function GroupMark({ approval: { group }, place }: { approval: Approval; place: GroupPlace }) {
  if (group === undefined || place === 'alone' || place === 'member') return null;
  const Icon = place === 'open' ? ChevronDown : ChevronRight;
  return (
    <span
      data-group={group.key}
      className="mr-1.5 inline-flex min-h-6 items-center gap-1 rounded-sm border border-line-strong bg-surface px-1.5 align-[1px] text-xs font-semibold text-ink hover:bg-hover max-md:min-h-8 max-md:px-3"
    >
      <Icon aria-hidden size={12} className="shrink-0" />
      {place === 'open'
        ? t('first of {size} alike', { size: group.size })
        : t('{size} alike', { size: group.size })}
    </span>
  );
}

function RowChip({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span
      className={cx(
        'mr-1.5 inline-flex items-center gap-1 rounded-sm px-1.5 align-[1px] text-xs leading-[17px]',
        className,
      )}
    >
      {children}
    </span>
  );
}
