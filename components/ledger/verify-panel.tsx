'use client';

import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { exactText } from '@/components/ui/time-text';
import type { LedgerVerification } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApi } from '@/lib/client/session';
import { verificationSentence } from './verification-words';
import { numberText } from '@/components/ui/number-text';
import { t } from '@/lib/client/language';

function Result({ result, at }: { result: LedgerVerification; at: number }) {
  return (
    <div className="flex flex-col gap-4">
      <InlineStatus tone={result.ok ? 'done' : 'error'}>
        {verificationSentence(result)}
      </InlineStatus>
      <dl className="text-dense">
        <dt className="text-ink-2">{t('Newest entry checked')}</dt>
        <dd>
          {numberText(result.head.seq)}{' '}
          <code className="text-xs wrap-anywhere">{result.head.hash}</code>
        </dd>
        <dt className="pt-2 text-ink-2">{t('Checked at')}</dt>
        <dd className="whitespace-pre-line">{exactText(at)}</dd>
      </dl>
      {result.limits.length > 0 ? (
        <div>
          <p className="text-dense font-medium">{t('What this check cannot see')}</p>
          <ul className="list-disc pl-5 text-ink-2">
            {result.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

/** Hashes the whole chain again on the server, and says in words what came out. */
export function VerifyPanel() {
  const api = useApi();
  const [open, setOpen] = useState(false);
  const verify = useMutation({
    mutationFn: async () => ({
      result: await api.post<LedgerVerification>('/api/v1/ledger/verify'),
      at: Date.now(),
    }),
  });
  return (
    <>
      <Button
        icon={<ShieldCheck aria-hidden size={14} />}
        onClick={() => {
          setOpen(true);
          verify.mutate();
        }}
      >
        {t('Verify chain')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('Verification of the chain')} width="md">
        {verify.isPending ? (
          <InlineStatus tone="pending">{t('Hashing every entry again.')}</InlineStatus>
        ) : null}
        {verify.error ? (
          <InlineStatus tone="error">
            {t('The check could not be made.')} {describeError(verify.error).detail}
          </InlineStatus>
        ) : null}
        {verify.data ? <Result {...verify.data} /> : null}
      </Dialog>
    </>
  );
}
