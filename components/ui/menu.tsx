'use client';

import { Check } from 'lucide-react';
import {
  cloneElement,
  createContext,
  useContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { cx } from './class-names';
import { useMenu } from './use-menu';

const CloseContext = createContext<() => void>(() => undefined);

const SIDES = {
  top: 'bottom-full mb-1',
  bottom: 'top-full mt-1',
  thumb: 'md:top-full md:mt-1 max-md:bottom-full max-md:mb-1',
} as const;

interface TriggerProps {
  onClick?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
}

/** A menu that opens from a button: arrow keys, Home, End and first letters move, Escape closes and gives the focus back. */
export function Menu({
  trigger,
  children,
  align = 'start',
  side = 'bottom',
  label,
  className,
}: {
  /** A button that passes on what it is given. */
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
  align?: 'start' | 'end';
  /** `thumb`: below, and above on a phone, where what opens it stands at the bottom. */
  side?: keyof typeof SIDES;
  label: string;
  className?: string;
}) {
  const { root, open, toggle, close, triggerKey, menuKey } = useMenu();
  return (
    <div ref={root} className={cx('relative flex min-w-0', className)}>
      {cloneElement(trigger, {
        onClick: toggle,
        onKeyDown: triggerKey,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
      })}
      {open ? (
        <div
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={menuKey}
          className={cx(
            'animate-enter absolute z-50 max-h-[70dvh] w-max max-w-[calc(100vw-16px)] min-w-52 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-left shadow-pop outline-none',
            align === 'end' ? 'right-0' : 'left-0',
            SIDES[side],
          )}
        >
          <CloseContext value={close}>{children}</CloseContext>
        </div>
      ) : null}
    </div>
  );
}

const ITEM =
  'flex min-h-8 w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none hover:bg-hover focus:bg-hover max-md:min-h-11 [&>span[aria-hidden]:last-child]:ml-auto [&>span[aria-hidden]:last-child]:pl-4';

/** Something the menu does. */
export function MenuItem({
  children,
  onSelect,
  checked,
}: {
  children: ReactNode;
  onSelect: () => void;
  /** One of several of which one holds; undefined for a plain command. */
  checked?: boolean;
}) {
  const close = useContext(CloseContext);
  const radio = checked !== undefined;
  return (
    <button
      type="button"
      role={radio ? 'menuitemradio' : 'menuitem'}
      aria-checked={radio ? checked : undefined}
      tabIndex={-1}
      onClick={() => {
        close();
        onSelect();
      }}
      className={ITEM}
    >
      {children}
      {checked ? <Check aria-hidden size={14} className="ml-auto" /> : null}
    </button>
  );
}

/** A page the menu opens; the child is a link. */
export function MenuLink({
  children,
}: {
  children: ReactElement<{
    role?: string;
    tabIndex?: number;
    className?: string;
    onClick?: () => void;
  }>;
}) {
  const close = useContext(CloseContext);
  return cloneElement(children, {
    role: 'menuitem',
    tabIndex: -1,
    className: ITEM,
    onClick: close,
  });
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <div role="presentation" className="px-2 pt-1.5 pb-1 text-xs text-ink-2">
      {children}
    </div>
  );
}

export function MenuSeparator() {
  return <div role="separator" className="my-1 h-px bg-line" />;
}
