import { CircleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/client/language';

/** Why something the reviewer asked for did not happen. It stands under the page and moves nothing above it. */
export function TroubleStrip({ text, onDismiss }: { text: string; onDismiss: () => void }) {
  return (
    <div
      role="alert"
      className="flex min-h-11 shrink-0 items-center gap-3 border-t border-line bg-sunken px-4 py-1 text-dense md:px-6"
    >
      <CircleAlert aria-hidden size={16} className="shrink-0 text-sev-1" />
      <p className="min-w-0 flex-1 font-medium text-sev-1">{text}</p>
      <Button size="sm" variant="quiet" className="max-md:h-11" onClick={onDismiss}>
        {t('Dismiss')}
      </Button>
    </div>
  );
}
