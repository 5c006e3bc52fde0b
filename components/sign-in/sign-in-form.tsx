'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { InlineStatus } from '@/components/ui/inline-status';
import { signInWithPassword, signInWithProvider } from '@/lib/client/sign-in';
import { t } from '@/lib/client/language';

interface SignInFormProps {
  next: string;
  provider: { id: string; name: string } | undefined;
  problem: string | undefined;
}

function usePasswordSignIn(next: string, initialProblem: string | undefined) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState(initialProblem);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setPending(true);
    setProblem(undefined);
    const result = await signInWithPassword(
      formText(fields, 'email'),
      formText(fields, 'password', true),
    );
    if (result.ok) return window.location.assign(next);
    setPending(false);
    return setProblem(result.message);
  };
  return { pending, problem, submit };
}

/** E-mail and password, and the identity provider when there is one. */
export function SignInForm({ next, provider, problem: initialProblem }: SignInFormProps) {
  const { pending, problem, submit } = usePasswordSignIn(next, initialProblem);
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem ? <InlineStatus tone="error">{problem}</InlineStatus> : null}
      <Field label={t('E-mail')}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          className="h-10!"
        />
      </Field>
      <Field label={t('Password')}>
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          required
          className="h-10!"
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {pending ? t('Signing in') : t('Sign in')}
      </Button>
      {provider ? (
        <Button size="lg" onClick={() => void signInWithProvider(provider.id, next)}>
          {t('Sign in with {provider}', { provider: provider.name })}
        </Button>
      ) : null}
      <p className="text-dense text-ink-2">
        {t(
          'First start? The one-time password of the administrator stands in the terminal that runs Belay.',
        )}
      </p>
    </form>
  );
}
