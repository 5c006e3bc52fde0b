'use client';

import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import type { EvidenceSource, EvidenceSourceChange } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { placeErrors } from '@/components/ui/place-errors';
import { SOURCES_PATH } from './queries';
import { limitsOf, SourceLimits } from './source-limits';
import { sourceName } from './source-words';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import { useSend } from './use-send';

/** Another limit or weight for a source. */
export function ChangeSourceDialog({
  source,
  onClose,
}: {
  source: EvidenceSource;
  onClose: () => void;
}) {
  const sending = useSend(
    (api, change: EvidenceSourceChange) =>
      api.patch<EvidenceSource>(`${SOURCES_PATH}/${source.id}`, change),
    onClose,
  );
  const { at, rest } = placeErrors(sending.error, ['weight', 'dailyCap']);
  const form = useFirstInvalid(sending.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sending.mutate(limitsOf(new FormData(event.currentTarget)));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Change {name}', { name: sourceName(source) })}
      description={t('Counts from the next delivery. What was taken keeps its weight.')}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form="change-source" variant="primary" pending={sending.isPending}>
            {t('Save the changes')}
          </Button>
        </>
      }
    >
      <form id="change-source" ref={form} onSubmit={submit} className="flex flex-col gap-3">
        <SourceLimits weight={source.weight} dailyCap={source.dailyCap} errors={at} />
        <Refusal error={rest} unchanged={t('Nothing has changed.')} />
      </form>
    </Dialog>
  );
}
