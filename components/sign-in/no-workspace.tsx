'use client';

import { Button } from '@/components/ui/button';
import { signOut } from '@/lib/client/sign-out';
import { t } from '@/lib/client/language';
import { SignInFrame } from './sign-in-frame';

/** Signed in, but a member of nothing. */
export function NoWorkspace({ email }: { email: string }) {
  return (
    <SignInFrame title={t('You belong to no workspace yet')}>
      <p className="pb-4 text-ink-2">
        {t(
          '{email} is signed in, but no workspace has this person as a member. An administrator can add you under Settings, People.',
          { email },
        )}
      </p>
      <Button onClick={() => void signOut()}>{t('Sign out')}</Button>
    </SignInFrame>
  );
}
