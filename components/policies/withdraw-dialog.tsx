'use client';

import { ReasonDialog } from '@/components/ui/reason-dialog';
import { useWithdrawPolicy } from './use-policy-calls';
import { t } from '@/lib/client/language';

/** Takes a proposal back, with the reason. Closes only when the server has confirmed. */
export function WithdrawDialog({ version, onClose }: { version: number; onClose: () => void }) {
  const { mutate, isPending, error } = useWithdrawPolicy(onClose);
  return (
    <ReasonDialog
      title={t('Withdraw version {version}', { version })}
      description={t('Nobody can put it in force any more. The version in force stays as it is.')}
      action={t('Withdraw this version')}
      missing={t('Say why it is taken back.')}
      sending={{ mutate: (reason) => mutate({ version, reason }), isPending, error }}
      unchanged={t('It was not withdrawn.')}
      onClose={onClose}
    />
  );
}
