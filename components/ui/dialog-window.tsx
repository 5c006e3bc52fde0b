'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { t } from '@/lib/client/language';
import { IconButton } from './button';
import { cx } from './class-names';
import type { DialogProps } from './dialog';
import { SCRIM } from './scrim';

const WIDTHS = { sm: 'sm:max-w-md', md: 'sm:max-w-xl', lg: 'sm:max-w-3xl' } as const;

function Frame({
  title,
  description,
  children,
  footer,
}: Omit<DialogProps, 'open' | 'onOpenChange'>) {
  return (
    <>
      <div className="flex items-start gap-3 border-b border-line px-4 py-3">
        <div className="min-w-0 flex-1">
          <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
          {description ? (
            <Radix.Description className="mt-0.5 text-ink-2">{description}</Radix.Description>
          ) : null}
        </div>
        <Radix.Close asChild>
          <IconButton label={t('Close')} icon={<X size={16} aria-hidden />} />
        </Radix.Close>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      {footer ? (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3 max-sm:*:flex-1">
          {footer}
        </div>
      ) : null}
    </>
  );
}

const describedBy = (description: ReactNode) =>
  description ? {} : { 'aria-describedby': undefined };

/** Where a dialog is read before anything is filled in, it says where that begins. */
const START = '[data-dialog-start]';
const FIRST_FIELD = 'input:not([type=hidden]):not(:disabled), textarea, select';

const TAKES_FOCUS =
  'button:not(:disabled), a[href], input:not([type=hidden]):not(:disabled), select, textarea, [tabindex="0"]';

/** An element and all it lies in, from the inside out. */
function placeOf(element: HTMLElement): readonly HTMLElement[] {
  const around: HTMLElement[] = [];
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) around.push(at);
  return around;
}

/** Where the focus belongs: what had it, or, when that is gone with what the dialog removed, the first thing of the panel it was in. */
function homeOf(place: readonly HTMLElement[]): HTMLElement | null {
  const left = place.find(({ isConnected }) => isConnected);
  if (left === undefined || left === document.body) return null;
  if (left === place[0]) return left;
  return (left.closest('section') ?? left).querySelector<HTMLElement>(TAKES_FOCUS);
}

/** Focus goes to where it is read from or into the first field, and back to where it was, also when no trigger of Radix opened the dialog. */
function useFocusReturn() {
  const before = useRef<readonly HTMLElement[]>([]);
  return {
    onOpenAutoFocus: (event: Event) => {
      const active = document.activeElement;
      const inside = event.target instanceof Node && event.target.contains(active);
      if (active instanceof HTMLElement && !inside) before.current = placeOf(active);
      // The first field, or the dialog itself; never the close button, which comes first in the document.
      if (!(event.target instanceof HTMLElement) || inside) return;
      event.preventDefault();
      const { target } = event;
      const first = [START, FIRST_FIELD].map((place) => target.querySelector<HTMLElement>(place));
      (first.find((element) => element !== null) ?? target).focus();
    },
    onCloseAutoFocus: (event: Event) => {
      const home = homeOf(before.current);
      if (home === null) return;
      event.preventDefault();
      home.focus();
    },
  };
}

/** Focus goes in, stays in, and returns; Escape closes. */
export function DialogWindow({ open, onOpenChange, width = 'sm', ...frame }: DialogProps) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div aria-hidden className={SCRIM} />
        <Radix.Content
          {...describedBy(frame.description)}
          {...focusReturn}
          className={cx(
            'animate-enter fixed z-50 flex max-h-[92dvh] flex-col border border-line bg-raised shadow-pop outline-none',
            'inset-x-0 bottom-0 w-full rounded-t-lg sm:top-[12vh] sm:bottom-auto sm:left-1/2 sm:max-h-[76vh] sm:-translate-x-1/2 sm:rounded-lg',
            WIDTHS[width],
          )}
        >
          <Frame {...frame} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The same at the side. */
export function DrawerWindow({ open, onOpenChange, width = 'md', ...frame }: DialogProps) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div aria-hidden className={SCRIM} />
        <Radix.Content
          {...describedBy(frame.description)}
          {...focusReturn}
          className={cx(
            'animate-enter fixed inset-y-0 right-0 z-50 flex w-full flex-col border-l border-line bg-raised shadow-pop outline-none',
            WIDTHS[width],
          )}
        >
          <Frame {...frame} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
