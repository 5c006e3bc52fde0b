'use client';

import { useState, type ReactNode } from 'react';
import { t } from '@/lib/client/language';
import { latePart } from './late-part';
import { useFirstSign } from './use-first-sign';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** The actions, at the foot; on a phone they fill the width. */
  footer?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
}

const load = () => import('./dialog-window');
const LATE = {
  loading: null,
  get what() {
    return t('This window could not be opened.');
  },
  box: 'fixed inset-x-4 bottom-4 z-50 max-md:bottom-20 mx-auto max-w-md rounded-lg border border-line bg-raised shadow-pop',
  giveUp: ({ onOpenChange }: DialogProps) => onOpenChange(false),
};
const [DialogWindow] = latePart(async () => (await load()).DialogWindow, LATE);
const [DrawerWindow] = latePart(async () => (await load()).DrawerWindow, LATE);

/** When it fails, opening the dialog asks again and says so. */
const loadEarly = () => void load().catch(() => undefined);

/** No page opens with a dialog, so its code does not count in the first load; once there it stays, to close as it should. */
function useWanted(open: boolean): boolean {
  // The code is there before the first button can be pressed: stopping an agent must not wait for the network.
  useFirstSign(loadEarly);
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  return wanted;
}

/** A modal question. Focus goes in, stays in, and returns; Escape closes. */
export function Dialog(props: DialogProps) {
  return useWanted(props.open) ? <DialogWindow {...props} /> : null;
}

/** A side sheet for detail that keeps the page in sight; full width on a phone. */
export function Drawer(props: DialogProps) {
  return useWanted(props.open) ? <DrawerWindow {...props} /> : null;
}
