import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { SignInFrame } from '@/components/sign-in/sign-in-frame';
import { andThen, currentLogin } from '@/lib/auth/console-session';
import { safeNext, signInMessage } from '@/lib/client/sign-in';
import { env } from '@/lib/env';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Sign in') });

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const first = (value: string | string[] | undefined) => [value].flat()[0];

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  // next-auth says where to go as callbackUrl, the console as next.
  const next = safeNext(first(query['next']) ?? first(query['callbackUrl']));
  const error = first(query['error']);
  const login = await currentLogin();
  if (login && !error)
    redirect(login.mustChangePassword ? andThen('/sign-in/password', next) : next);
  return (
    <SignInFrame title={t('Sign in')}>
      <SignInForm
        next={next}
        provider={env().oidc ? { id: 'oidc', name: t('single sign-on') } : undefined}
        problem={error ? signInMessage(error) : undefined}
      />
    </SignInFrame>
  );
}
