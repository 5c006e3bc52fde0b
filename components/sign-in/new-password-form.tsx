'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { InlineStatus } from '@/components/ui/inline-status';
import { apiOf } from '@/lib/client/api';
import { ApiError, describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { LEAST_CHARACTERS, newPasswordProblem, type PasswordProblem } from './new-password';

interface NewPasswordFormProps {
  email: string;
  workspace: string;
  /** The current password came from the terminal or an administrator and must be replaced. */
  oneTime: boolean;
  next: string;
}

function problemOf(error: unknown): PasswordProblem {
  const aboutCurrent = error instanceof ApiError && /current|password/.test(error.code);
  return { field: aboutCurrent ? 'current' : 'form', text: describeError(error).detail };
}

function useNewPassword(workspace: string, next: string) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<PasswordProblem>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const input = {
      current: formText(fields, 'current', true),
      next: formText(fields, 'next', true),
    };
    const wrong = newPasswordProblem({ ...input, repeat: formText(fields, 'repeat', true) });
    setProblem(wrong);
    if (wrong) return;
    setPending(true);
    try {
      await apiOf(workspace).post('/api/v1/me/password', input);
      window.location.assign(next);
    } catch (error) {
      setPending(false);
      setProblem(problemOf(error));
    }
  };
  return { pending, problem, submit };
}

/** Replaces a password, in particular the one-time password of the first sign-in. */
export function NewPasswordForm({ email, workspace, oneTime, next }: NewPasswordFormProps) {
  const { pending, problem, submit } = useNewPassword(workspace, next);
  const at = (field: PasswordProblem['field']) =>
    problem?.field === field ? problem.text : undefined;
  const input = { type: 'password', required: true, className: 'h-10!' } as const;
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {oneTime ? (
        <p className="text-ink-2">
          {t(
            'This password is only for the first sign-in. Type it once more and choose your own; until then it stays valid.',
          )}
        </p>
      ) : null}
      {problem?.field === 'form' ? <InlineStatus tone="error">{problem.text}</InlineStatus> : null}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label={oneTime ? t('One-time password') : t('Current password')} error={at('current')}>
        <Input name="current" autoComplete="current-password" autoFocus {...input} />
      </Field>
      <Field
        label={t('New password')}
        help={t('At least {least} characters. A sentence works well.', { least: LEAST_CHARACTERS })}
        error={at('next')}
      >
        <Input name="next" autoComplete="new-password" {...input} />
      </Field>
      <Field label={t('New password again')} error={at('repeat')}>
        <Input name="repeat" autoComplete="new-password" {...input} />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {t('Set the new password')}
      </Button>
    </form>
  );
}
