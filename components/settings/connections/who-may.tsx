import { t } from '@/lib/client/language';

/** Why there are no buttons. */
export function WhoMay() {
  return (
    <p className="border-t border-line px-4 py-2 text-dense text-ink-2">
      {t('Only an admin of the workspace changes this.')}
    </p>
  );
}
