'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { InlineStatus } from '@/components/ui/inline-status';
import { t } from '@/lib/client/language';

/** A secret that exists on screen once and nowhere else. */
export function SecretOnce({ what, secret }: { what: string; secret: string }) {
  return (
    <InlineStatus tone="warning">
      <p className="font-medium">
        {t('{what} is shown once. Copy it now; it is not stored in readable form.', { what })}
      </p>
      <p className="mt-1 flex items-center gap-2">
        <code className="rounded-sm border border-line bg-surface px-2 py-1 text-dense text-ink select-all wrap-anywhere">
          {secret}
        </code>
        <CopyButton text={secret} label={t('Copy: {what}', { what })} />
      </p>
    </InlineStatus>
  );
}
