'use client';

import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

const ITEMS = '[role^="menuitem"]';

/** Index to go to after a key, among the labels of the items; undefined when the key does not move. */
export function itemAfterKey(
  key: string,
  index: number,
  labels: readonly string[],
): number | undefined {
  const count = labels.length;
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (index + 1) % count;
  if (key === 'ArrowUp') return (index <= 0 ? count : index) - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (!/^[\p{L}\p{N}]$/u.test(key)) return undefined;
  const order = labels.map((_, offset) => (index + 1 + offset) % count);
  return order.find((at) => labels[at]?.toLowerCase().startsWith(key.toLowerCase()));
}

/** While a menu is open its first item has the focus, and whoever leaves it closes it. */
function useOpenMenu(
  root: RefObject<HTMLDivElement | null>,
  open: boolean,
  setOpen: (open: boolean) => void,
): void {
  useEffect(() => {
    if (!open) return undefined;
    const focusFirst = () => {
      const first = root.current?.querySelector<HTMLElement>(ITEMS);
      first?.focus();
      return first != null;
    };
    // The code of the items may still come: the focus goes to them when they do.
    const late = new MutationObserver(() => focusFirst() && late.disconnect());
    if (!focusFirst() && root.current !== null)
      late.observe(root.current, { childList: true, subtree: true });
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      late.disconnect();
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [root, open, setOpen]);
}

/** Open state, focus and keys of a menu. */
export function useMenu() {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const items = () => Array.from(root.current?.querySelectorAll<HTMLElement>(ITEMS) ?? []);
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.focus();
  };

  useOpenMenu(root, open, setOpen);

  const menuKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      return close();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const all = items();
    const index = all.findIndex((item) => item === document.activeElement);
    const labels = all.map((item) => item.textContent.trim());
    const next = itemAfterKey(event.key, index, labels);
    if (next === undefined) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return all[next]?.focus();
  };
  const triggerKey = (event: KeyboardEvent) => {
    if (open && event.key === 'Escape') {
      event.stopPropagation();
      return close();
    }
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setOpen(true);
  };
  return { root, open, toggle: () => setOpen(!open), close, triggerKey, menuKey };
}
