'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import type { EvidenceSource } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { SecretOnce } from '../secret-once';
import { newSecret } from './new-secret';
import { SOURCES_PATH } from './queries';
import { useSend } from './use-send';

/** Gives a build another secret, shown once, while the one before still counts. */
export function RotateSecretDialog({
  source,
  onClose,
}: {
  source: EvidenceSource;
  onClose: () => void;
}) {
  const { id, name } = source;
  const [secret] = useState(newSecret);
  const rotating = useSend<void, EvidenceSource>((api) =>
    api.post(`${SOURCES_PATH}/${id}/rotate`, { secret }),
  );
  const footer = rotating.isSuccess ? (
    <Button variant="primary" onClick={onClose}>
      {t('I have copied it')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button variant="primary" pending={rotating.isPending} onClick={() => rotating.mutate()}>
        {t('Make a new secret')}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('A new secret for {name}', { name })}
      footer={footer}
    >
      <div className="flex flex-col gap-3">
        {rotating.isSuccess ? (
          <>
            <SecretOnce what={t('The new secret of {name}', { name })} secret={secret} />
            <p>{t('The one before counts for another 24 hours.')}</p>
          </>
        ) : (
          <Follows source={source} />
        )}
        <Refusal error={rotating.error} unchanged={t('The secret is the one it was.')} />
      </div>
    </Dialog>
  );
}

/** What another secret leads to, said before it is made. */
function Follows({ source }: { source: EvidenceSource }) {
  return (
    <>
      <p>
        {t(
          'For 24 hours deliveries signed with either of the two are taken, so that nothing is lost while you change it there.',
        )}
      </p>
      {source.previousSecretUntil === null ? null : (
        <p className="font-medium">
          {t('It was changed within the last 24 hours: the one before that ends at once.')}
        </p>
      )}
    </>
  );
}
