import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '@/lib/client/language';
import { KeyHint } from './key-hint';

/** Cancel first, where the button that asked stood, then the button that does it. */
export function FormActions({
  onCancel,
  cancelLabel = t('Cancel'),
  submit,
}: {
  onCancel: () => void;
  cancelLabel?: string;
  submit: ReactNode;
}) {
  return (
    <div className="flex flex-wrap gap-2 max-md:sticky max-md:bottom-0 max-md:bg-surface max-md:pt-1 max-md:*:flex-1">
      <Button className="max-md:h-11" onClick={onCancel}>
        {cancelLabel} <KeyHint>{t('Esc')}</KeyHint>
      </Button>
      {submit}
    </div>
  );
}
