import type { Metadata } from 'next';
import { NewPasswordForm } from '@/components/sign-in/new-password-form';
import { SignInFrame } from '@/components/sign-in/sign-in-frame';
import { homeWorkspace, requireCurrentLogin } from '@/lib/auth/console-session';
import { safeNext } from '@/lib/client/sign-in';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Choose a password') });

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewPasswordPage({ searchParams }: Props) {
  // Where somebody wanted to go before the password was in the way.
  const next = safeNext([(await searchParams)['next']].flat()[0]);
  const login = await requireCurrentLogin();
  return (
    <SignInFrame
      title={login.mustChangePassword ? t('Choose your own password') : t('Change your password')}
    >
      <NewPasswordForm
        email={login.email}
        workspace={homeWorkspace(login) ?? ''}
        oneTime={login.mustChangePassword}
        next={next}
      />
    </SignInFrame>
  );
}
