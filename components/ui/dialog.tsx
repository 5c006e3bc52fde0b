'use client';

import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';

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

const DialogWindow = dynamic(() => import('./dialog-window').then((module) => module.DialogWindow));
const DrawerWindow = dynamic(() => import('./dialog-window').then((module) => module.DrawerWindow));

/** No page opens with a dialog, so its code comes with the first one; then it stays, to close as it should. */
function useWanted(open: boolean): boolean {
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
