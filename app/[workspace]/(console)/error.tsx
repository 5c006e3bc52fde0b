'use client';

import { PageBody } from '@/components/ui/page-body';
import { Failed } from '@/components/ui/states';
import { t } from '@/lib/client/language';

/** `digest` is the number under which the server logged the error. */
export default function PageError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <PageBody>
      <Failed
        what={t('This page could not be shown.')}
        detail={t(
          'The rest of the console still works. Try again; if it stays, give the request number to whoever runs Belay.',
        )}
        requestId={error.digest}
        onRetry={retry}
      />
    </PageBody>
  );
}
