import type { Metadata } from 'next';
import { NewPasswordForm } from '@/components/sign-in/new-password-form';
import { SignInFrame } from '@/components/sign-in/sign-in-frame';
import { homeWorkspace, requireCurrentLogin } from '@/lib/auth/console-session';

export const metadata: Metadata = { title: 'Choose a password' };

export default async function NewPasswordPage() {
  const login = await requireCurrentLogin();
  return (
    <SignInFrame
      title={login.mustChangePassword ? 'Choose your own password' : 'Change your password'}
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
