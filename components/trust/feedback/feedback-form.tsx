'use client';

import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { Field, Textarea } from '@/components/ui/field';
import { Kbd } from '@/components/ui/kbd';
import type { FeedbackVerdict } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { choiceForDigit, FEEDBACK_CHOICES } from './feedback-words';

export interface FeedbackFormProps {
  /** The choice it opens with. */
  initial?: FeedbackVerdict | null;
  pending: boolean;
  /** Whether "it was right" needs a reason as well. */
  reasonForRight: boolean;
  action: string;
  onSend: (verdict: FeedbackVerdict, reason: string) => void;
  onCancel: () => void;
}

/** A word and its reason: a digit chooses, Enter sends; in the reason Ctrl or Cmd and Enter do. */
export function FeedbackForm(props: FeedbackFormProps) {
  const { pending, reasonForRight, onCancel } = props;
  const { form, verdict, reason, setReason, missing, choose, submit } = useDraft(props);
  return (
    <form
      ref={form}
      onKeyDown={(event) => onFormKey(event, { choose, submit, onCancel })}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="flex flex-col gap-3"
    >
      <Choices verdict={verdict} missing={missing === 'verdict'} onChoose={choose} />
      <Field
        label={t('Reason')}
        optional={verdict === 'right' && !reasonForRight}
        help={t('Stands in the ledger.')}
        error={
          missing === 'reason' ? t('Say why: the owner and the next reviewer read it.') : undefined
        }
      >
        <Textarea
          rows={2}
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={pending} className="max-md:h-11">
          {props.action}
        </Button>
        <Button variant="quiet" onClick={onCancel} className="max-md:h-11">
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}

/** What is being said, and what of it is still missing once somebody tried to send it. */
function useDraft({ initial = null, pending, reasonForRight, onSend }: FeedbackFormProps) {
  const [verdict, setVerdict] = useState<FeedbackVerdict | null>(initial);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const form = useFirstFocus(initial);
  const given = reason.trim();
  const reasonMissing = given === '' && (verdict !== 'right' || reasonForRight);
  const choose = (next: FeedbackVerdict) => {
    setVerdict(next);
    form.current?.querySelector<HTMLElement>(`input[value="${next}"]`)?.focus();
  };
  const submit = () => {
    setTried(true);
    if (pending || verdict === null) return;
    if (reasonMissing) form.current?.querySelector('textarea')?.focus();
    else onSend(verdict, given);
  };
  const missing = !tried
    ? null
    : verdict === null
      ? ('verdict' as const)
      : reasonMissing
        ? ('reason' as const)
        : null;
  return { form, verdict, reason, setReason, missing, choose, submit };
}

interface KeyTargets {
  readonly choose: (verdict: FeedbackVerdict) => void;
  readonly submit: () => void;
  readonly onCancel: () => void;
}

/** Keys that mean something here go no further: the page below has meanings of its own for them. */
function onFormKey(
  event: KeyboardEvent<HTMLFormElement>,
  { choose, submit, onCancel }: KeyTargets,
): void {
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target instanceof HTMLTextAreaElement;
  const choice = typing || command || event.altKey ? null : choiceForDigit(event.key);
  if (event.key === 'Escape') onCancel();
  else if (event.key === 'Enter' && command) submit();
  else if (choice !== null) choose(choice);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** With a choice made already what is left to type is the reason, which "it was right" may do without. */
function useFirstFocus(initial: FeedbackVerdict | null) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const first =
      initial === null
        ? 'input[type="radio"]'
        : initial === 'right'
          ? 'input[value="right"]'
          : 'textarea';
    form.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }, [initial]);
  return form;
}

function Choices({
  verdict,
  missing,
  onChoose,
}: {
  verdict: FeedbackVerdict | null;
  missing: boolean;
  onChoose: (verdict: FeedbackVerdict) => void;
}): ReactNode {
  const name = useId();
  return (
    <fieldset aria-describedby={missing ? `${name}-error` : undefined}>
      <legend className="mb-2 text-sm font-semibold">{t('How did it go?')}</legend>
      <div className="grid grid-cols-1 gap-1 sm:grid-cols-2">
        {FEEDBACK_CHOICES.map((choice, index) => (
          <label
            key={choice.verdict}
            className={cx(
              'flex min-h-11 cursor-pointer items-center gap-2.5 rounded-md border px-2.5 py-1.5 has-focus-visible:outline-2 has-focus-visible:outline-focus',
              verdict === choice.verdict ? 'border-accent bg-hover' : 'border-line hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.verdict}
              checked={verdict === choice.verdict}
              onChange={() => onChoose(choice.verdict)}
              className="sr-only"
            />
            <span aria-hidden className="max-md:hidden">
              <Kbd>{index + 1}</Kbd>
            </span>
            <span className="min-w-0">
              <span className="block text-dense font-medium">{choice.label}</span>
              <span className="block text-xs text-ink-2">{choice.means}</span>
            </span>
          </label>
        ))}
      </div>
      {missing ? (
        <p id={`${name}-error`} role="alert" className="mt-1.5 text-dense font-medium text-sev-1">
          {t('Choose how it went first.')}
        </p>
      ) : null}
    </fieldset>
  );
}
