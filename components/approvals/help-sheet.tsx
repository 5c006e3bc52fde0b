'use client';

import { Dialog } from '@/components/ui/dialog';
import { latePart } from '@/components/ui/late-part';
import { t } from '@/lib/client/language';

// Nobody needs the list of keys to read the first call.
const [KeySheet] = latePart(async () => (await import('./keys/key-sheet')).KeySheet, {
  loading: null,
  get what() {
    return t('The keys could not be shown.');
  },
});

/** All keys of the page, the way to change them, and the switch that turns them off. */
export function HelpSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('Keyboard')}
      description={t('Keys never fire while you type, and a held key never decides anything.')}
    >
      <KeySheet />
    </Dialog>
  );
}
