'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { t } from '@/lib/client/language';

interface ConfirmDialogProps {
  title: ReactNode;
  /** What follows, in a sentence or two. */
  children: ReactNode;
  /** The name of the effect, on the button. */
  action: string;
  /** The caller closes the dialog when the server has confirmed. */
  sending: {
    readonly mutate: () => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  /** How things stand when the call failed, before the why. */
  unchanged: string;
  onClose: () => void;
}

/** Says what follows before something is taken away; one press more. The focus goes back to what asked. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, sending, unchanged, onClose } = props;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      footer={
        <>
          <Button data-dialog-start onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button variant="danger" pending={sending.isPending} onClick={() => sending.mutate()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        <Refusal error={sending.error} unchanged={unchanged} />
      </div>
    </Dialog>
  );
}
