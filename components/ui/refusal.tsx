'use client';

import { ApiError, describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { signOut } from '@/lib/client/sign-out';
import { Button } from './button';
import { InlineStatus } from './inline-status';

/** Why something that was sent has not happened. Where signing in again is the way on, it leads there and back to this page. */
export function Refusal({ error, unchanged }: { error: Error | null; unchanged?: string }) {
  if (error === null) return null;
  const again = error instanceof ApiError && error.code === 'recent_sign_in_needed';
  return (
    <InlineStatus tone="error">
      {unchanged} {describeError(error).detail}
      {again ? (
        <Button size="sm" className="mt-2 flex" onClick={() => void signOut(here())}>
          {t('Sign out and in again')}
        </Button>
      ) : null}
    </InlineStatus>
  );
}

const here = () => `${window.location.pathname}${window.location.search}`;
