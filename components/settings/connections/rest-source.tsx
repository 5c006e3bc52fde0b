'use client';

import type { EvidenceSource } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { ConfirmDialog } from '../confirm-dialog';
import { SOURCES_PATH } from './queries';
import { afterRemoval, sourceName } from './source-words';
import { useSend } from './use-send';

interface RestSourceProps {
  source: EvidenceSource;
  onClose: () => void;
}

/** Takes nothing of a source for a while. */
export function PauseSource({ source, onClose }: RestSourceProps) {
  const name = sourceName(source);
  const sending = useSend<void, EvidenceSource>(
    (api) => api.patch(`${SOURCES_PATH}/${source.id}`, { paused: true }),
    onClose,
  );
  return (
    <ConfirmDialog
      title={t('Pause {name}', { name })}
      action={t('Pause it')}
      sending={sending}
      unchanged={t('The source is not paused.')}
      onClose={onClose}
    >
      <p>
        {t(
          'What it sends is answered with 429 and asked to come again in an hour. What it does not send again is lost, the good as well as the bad.',
        )}
      </p>
      <p className="text-ink-2">
        {t('What it gave before keeps its weight. Its limit and its secret stay.')}
      </p>
    </ConfirmDialog>
  );
}

/** Removes what is known of a source. */
export function RemoveSource({
  source,
  all,
  onClose,
}: RestSourceProps & { all: readonly EvidenceSource[] }) {
  const name = sourceName(source);
  const sending = useSend<void, unknown>(
    (api) => api.delete(`${SOURCES_PATH}/${source.id}`),
    onClose,
  );
  return (
    <ConfirmDialog
      title={t('Remove {name}', { name })}
      action={t('Remove {name}', { name })}
      sending={sending}
      unchanged={t('The source is still there.')}
      onClose={onClose}
    >
      <p>{afterRemoval(source, all)}</p>
      <p className="text-ink-2">{t('What it gave before keeps its weight.')}</p>
    </ConfirmDialog>
  );
}
