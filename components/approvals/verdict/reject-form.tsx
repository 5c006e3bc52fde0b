'use client';

import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { Field, Textarea } from '@/components/ui/field';
import { Kbd } from '@/components/ui/kbd';
import type { RejectReason } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { REASON_CHOICES, reasonForDigit } from '../reject-reasons';
import { FormActions } from './form-actions';
import { KeyHint } from './key-hint';

export interface RejectFormProps {
  pending: boolean;
  onReject: (reason: RejectReason, comment: string | undefined) => void;
  onCancel: () => void;
}

/** Rejecting takes a reason; a digit chooses it, Enter sends it. */
export function RejectForm({ pending, onReject, onCancel }: RejectFormProps) {
  const [comment, setComment] = useState('');
  const { form, ...choice } = useReasonChoice();
  const submit = (): void => {
    if (pending) return;
    if (choice.reason === null) choice.complain();
    else onReject(choice.reason, comment.trim() === '' ? undefined : comment.trim());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    const meaning = keyMeaning(event);
    if (meaning === null) return;
    event.preventDefault();
    if (meaning === 'send') submit();
    else choice.choose(meaning);
  };
  return (
    <form
      ref={form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="flex flex-col gap-3"
    >
      <ReasonChoice {...choice} />
      <Field label={t('Comment')} optional>
        <Textarea
          rows={2}
          maxLength={4_000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </Field>
      <FormActions
        onCancel={onCancel}
        submit={
          <Button type="submit" variant="danger" pending={pending} className="max-md:h-11">
            {pending ? t('Rejecting…') : t('Reject this call')}
            <KeyHint onFill>⏎</KeyHint>
          </Button>
        }
      />
    </form>
  );
}

/** A digit chooses a reason, except in the comment, where Ctrl or Cmd and Enter send the form. */
function keyMeaning(event: KeyboardEvent<HTMLFormElement>): RejectReason | 'send' | null {
  const command = event.ctrlKey || event.metaKey;
  if (event.target instanceof HTMLTextAreaElement) {
    return event.key === 'Enter' && command ? 'send' : null;
  }
  return command || event.altKey ? null : reasonForDigit(event.key);
}

function useReasonChoice() {
  const [reason, setReason] = useState<RejectReason | null>(null);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input[type="radio"]')?.focus({ preventScroll: true });
  }, []);
  const choose = (chosen: RejectReason): void => {
    setReason(chosen);
    setMissing(false);
    form.current?.querySelector<HTMLElement>(`input[value="${chosen}"]`)?.focus();
  };
  return { form, reason, missing, choose, complain: () => setMissing(true) };
}

function ReasonChoice({
  reason,
  missing,
  choose,
}: Omit<ReturnType<typeof useReasonChoice>, 'form'>) {
  const errorId = useId();
  return (
    <fieldset aria-describedby={missing ? errorId : undefined}>
      <legend className="mb-2 text-sm font-semibold">{t('Why is this call rejected?')}</legend>
      <div className="grid grid-cols-2 gap-1">
        {REASON_CHOICES.map((choice, index) => (
          <ReasonOption
            key={choice.reason}
            {...choice}
            digit={index + 1}
            checked={reason === choice.reason}
            onChoose={() => choose(choice.reason)}
          />
        ))}
      </div>
      {missing ? (
        <p id={errorId} role="alert" className="mt-1.5 text-dense font-medium text-sev-1">
          {t('Choose a reason first: the agent and its score learn from it.')}
        </p>
      ) : null}
    </fieldset>
  );
}

function ReasonOption({
  reason,
  label,
  means,
  digit,
  checked,
  onChoose,
}: (typeof REASON_CHOICES)[number] & { digit: number; checked: boolean; onChoose: () => void }) {
  return (
    <label
      className={cx(
        'flex min-h-11 cursor-pointer items-center gap-2.5 rounded-md border px-2.5 py-1.5 has-focus-visible:outline-2 has-focus-visible:outline-focus',
        checked ? 'border-rejected bg-rejected-soft' : 'border-line hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name="reason"
        value={reason}
        checked={checked}
        onChange={onChoose}
        className="sr-only"
      />
      {/* The focus begins on the first one, which is not chosen by that: the circle says which is. */}
      <span
        aria-hidden
        className={cx(
          'size-4 shrink-0 rounded-full border',
          checked ? 'border-[5px] border-rejected' : 'border-line-strong',
        )}
      />
      <span aria-hidden className="max-md:hidden">
        <Kbd>{digit}</Kbd>
      </span>
      <span className="min-w-0">
        <span className="block text-dense font-medium">{label}</span>
        <span className="block text-xs text-ink-2 max-md:sr-only">{means}</span>
      </span>
    </label>
  );
}
