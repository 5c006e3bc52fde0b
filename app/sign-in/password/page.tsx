import type { Metadata } from 'next';
import { NewPasswordForm } from '@/components/sign-in/new-password-form';
import { SignInFrame } from '@/components/sign-in/sign-in-frame';
import { homeWorkspace, requireCurrentLogin } from '@/lib/auth/console-session';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Choose a password') });

export default async function NewPasswordPage() {
  const login = await requireCurrentLogin();
  return (
    <SignInFrame
      title={login.mustChangePassword ? t('Choose your own password') : t('Change your password')}
    >
      <NewPasswordForm
        email={login.email}
        workspace={homeWorkspace(login) ?? ''}
        oneTime={login.mustChangePassword}
        next="/"
      />
    </SignInFrame>
  );
}
