import { Ban } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import type { RejectReason } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';
import { needsDeliberateConfirm } from '../approval-state';
import { REASON_CHOICES } from '../reject-reasons';
import { ownKeys, useShortcutsEnabled } from '../shortcut-preference';
import { commandFor } from '../shortcuts';
import { dangerFacts, type DangerousFacts } from '../verdict/danger-facts';
import { KeyHint } from '../verdict/key-hint';
import type { Deciding } from './use-deciding';

interface ActionsProps {
  deciding: Deciding;
  /** What holds for all of the calls: they are of one tool and one risk. */
  facts: DangerousFacts;
}

interface GroupActionsProps extends ActionsProps {
  /** Why an approval would come to nothing. */
  wouldNotRun: string | undefined;
}

/**
 * Approve and reject in the order of a single call, and what keeps the calls from being approved yet, or at all. Back stands where
 * Approve was, so that a double click approves nothing.
 */
export function GroupActions({ deciding, facts, wouldNotRun }: GroupActionsProps) {
  const { step, count, showNext, onAsk } = deciding;
  if (step.at === 'confirming')
    return <Confirm deciding={deciding} facts={facts} verdict={step.verdict} />;
  return (
    <>
      {wouldNotRun === undefined ? (
        <Unseen deciding={deciding} />
      ) : (
        <p className="mr-auto flex w-full gap-2 text-dense max-sm:basis-full!">
          <Ban aria-hidden size={16} className="mt-px shrink-0 text-ink-2" />
          <span>
            {t('An approval would come to nothing.')} {wouldNotRun}
          </span>
        </p>
      )}
      {wouldNotRun === undefined ? (
        <Button
          variant="approve"
          disabled={count === 0 || showNext !== undefined}
          onClick={() => onAsk('approve')}
        >
          {t('Approve {count}…', { count })}
        </Button>
      ) : null}
      <Button variant="danger-outline" disabled={count === 0} onClick={() => onAsk('reject')}>
        {t('Reject {count}…', { count })}
      </Button>
    </>
  );
}

/** What has not been on the screen, and the ways to change that. It stays, so that the focus stays too. */
function Unseen({ deciding }: Pick<ActionsProps, 'deciding'>) {
  const { unseen, unseenShared, showNext, leaveUnseen } = deciding;
  const line = useRef<HTMLDivElement>(null);
  const done = showNext === undefined;
  useEffect(() => {
    if (done && document.activeElement === document.body) line.current?.focus();
  }, [done]);
  return (
    <div
      ref={line}
      tabIndex={-1}
      className="mr-auto flex min-h-8 w-full flex-wrap max-sm:basis-full! items-center gap-x-3 gap-y-1 text-dense outline-none"
    >
      <p role="status" className={done ? 'text-ink-2' : 'font-medium text-sev-2'}>
        {done ? t('Every line was on the screen.') : null}
        {unseenShared.length === 0
          ? null
          : counted(
              unseenShared.length,
              '{count} value of all calls has not been on the screen yet.',
              '{count} values of all calls have not been on the screen yet.',
            )}{' '}
        {unseen.length === 0
          ? null
          : counted(
              unseen.length,
              '{count} line has not been on the screen yet.',
              '{count} lines have not been on the screen yet.',
            )}
      </p>
      {done ? null : (
        <span className="flex gap-2">
          <Button size="sm" className="max-md:h-11" onClick={showNext}>
            {t('Show the next')}
          </Button>
          {unseen.length === 0 ? null : (
            <Button size="sm" variant="quiet" className="max-md:h-11" onClick={leaveUnseen}>
              {t('Leave the lines out')}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}

interface ConfirmProps extends ActionsProps {
  verdict: 'approve' | 'reject';
}

/** Asks once more; it takes the focus, so that a double click meets no button. The keys are those of a single call. */
function Confirm({ deciding, facts, verdict }: ConfirmProps) {
  const { count, reason, pending, onReason, onBack, onConfirm } = deciding;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const deliberate = verdict === 'approve' && needsDeliberateConfirm(facts);
  const onKeyDown = useConfirmKeys(deliberate, box, onConfirm);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={t('Confirm the verdicts')}
      className="flex w-full flex-wrap items-end justify-end gap-3 outline-none"
      onKeyDown={verdict === 'approve' ? onKeyDown : undefined}
    >
      <Question deciding={deciding} facts={facts} verdict={verdict} />
      {verdict === 'reject' ? <ReasonChoice reason={reason} onReason={onReason} /> : null}
      <Button onClick={onBack}>{t('Back')}</Button>
      <Button
        variant={verdict === 'approve' ? 'approve' : 'danger'}
        pending={pending}
        disabled={verdict === 'reject' && reason === ''}
        onClick={onConfirm}
      >
        {verdict === 'approve' ? (
          <>
            {t('Yes, approve {count}', { count })}
            <KeyHint onFill>{deliberate ? t('Shift A') : 'a'}</KeyHint>
          </>
        ) : (
          t('Yes, reject {count}', { count })
        )}
      </Button>
    </div>
  );
}

/** What would happen, how often, and what makes each of the calls dangerous. */
function Question({ deciding: { count }, facts, verdict }: ConfirmProps) {
  return (
    <div className="mr-auto">
      <p className="text-sm font-medium">
        {verdict === 'approve'
          ? counted(
              count,
              'Let {count} call run, each exactly once?',
              'Let {count} calls run, each exactly once?',
            )
          : counted(count, 'Reject {count} call?', 'Reject {count} calls?')}
      </p>
      {verdict === 'approve' && needsDeliberateConfirm(facts) ? (
        <p className="text-dense font-medium text-sev-2">
          {t('Each of these calls {facts}.', { facts: dangerFacts(facts) })}
        </p>
      ) : null}
    </div>
  );
}

/** The keys that confirm the approval of a single call, on the box that asks. */
function useConfirmKeys(
  deliberate: boolean,
  box: RefObject<HTMLElement | null>,
  onConfirm: () => void,
) {
  const [enabled] = useShortcutsEnabled();
  return (event: KeyboardEvent): void => {
    const command = commandFor(event.nativeEvent, {
      mode: deliberate ? 'confirmingDeliberately' : 'confirming',
      typing: false,
      onControl: event.target !== box.current,
      covered: false,
      arrowsMove: false,
      enabled,
      own: ownKeys(),
    });
    if (command === null || command.type === 'cancel') return;
    event.preventDefault();
    onConfirm();
  };
}

function ReasonChoice({
  reason,
  onReason,
}: {
  reason: RejectReason | '';
  onReason: (reason: RejectReason | '') => void;
}) {
  return (
    <Field label={t('Reason')}>
      <Select
        value={reason}
        onChange={({ target }) =>
          onReason(REASON_CHOICES.find((choice) => choice.reason === target.value)?.reason ?? '')
        }
      >
        <option value="">{t('Choose…')}</option>
        {REASON_CHOICES.map((choice) => (
          <option key={choice.reason} value={choice.reason}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
