'use client';

import { useId, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { cx } from './class-names';

export interface TabItem {
  value: string;
  label: ReactNode;
  /** Shown after the label, for example how many wait. */
  count?: number;
  /** Without content of its own a tab says what the page shows. */
  content?: ReactNode;
}

/** By key: the place of the tab it leads to, of so many. */
const MOVES: Readonly<Record<string, (at: number, of: number) => number>> = {
  ArrowRight: (at, of) => (at + 1) % of,
  ArrowLeft: (at, of) => (at + of - 1) % of,
  Home: () => 0,
  End: (_at, of) => of - 1,
};

/** Tabs with arrow keys, after the ARIA pattern; the choice is the caller's, who keeps it in the URL. */
export function Tabs({
  label,
  items,
  value,
  onValueChange,
  className,
}: {
  label: string;
  items: readonly TabItem[];
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => showChosen(list.current), [value]);
  const content = items.find((item) => item.value === value)?.content;
  return (
    <div className={cx('min-w-0', className)}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={(event) => moveFocus(event, onValueChange)}
        className="relative flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line px-2 max-md:gap-0 max-md:px-1"
      >
        {items.map((item) => (
          <Tab
            key={item.value}
            item={item}
            id={id}
            active={item.value === value}
            onChoose={onValueChange}
          />
        ))}
      </div>
      {content === undefined ? null : (
        <div
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${value}`}
          tabIndex={0}
          className="pt-3"
        >
          {content}
        </div>
      )}
    </div>
  );
}

function Tab({
  item,
  id,
  active,
  onChoose,
}: {
  item: TabItem;
  /** Of the tabs as a whole. */
  id: string;
  active: boolean;
  onChoose: (value: string) => void;
}) {
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-${item.value}`}
      data-value={item.value}
      aria-selected={active}
      aria-controls={active && item.content !== undefined ? `${id}-panel` : undefined}
      tabIndex={active ? 0 : -1}
      onClick={() => onChoose(item.value)}
      className="inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm max-md:px-2 whitespace-nowrap text-ink-2 hover:text-ink focus-visible:-outline-offset-2 aria-selected:border-accent aria-selected:font-medium aria-selected:text-ink"
    >
      {item.label}
      {item.count === undefined ? null : (
        <span className="rounded-full bg-sunken px-1.5 text-xs text-ink-2">{item.count}</span>
      )}
    </button>
  );
}

/** Where not all tabs fit, the chosen one comes into sight, and nothing moves that need not. The page itself does not move. */
function showChosen(list: HTMLElement | null): void {
  const chosen = list?.querySelector<HTMLElement>('[aria-selected="true"]');
  if (!list || !chosen) return;
  const end = chosen.offsetLeft + chosen.offsetWidth;
  if (chosen.offsetLeft < list.scrollLeft) list.scrollLeft = chosen.offsetLeft;
  else if (end > list.scrollLeft + list.clientWidth) list.scrollLeft = end - list.clientWidth;
}

/** The tab that gets the focus is chosen with it. */
function moveFocus(event: KeyboardEvent<HTMLElement>, choose: (value: string) => void): void {
  const move = MOVES[event.key];
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  if (move === undefined || at === -1) return;
  const next = tabs[move(at, tabs.length)];
  event.preventDefault();
  next?.focus();
  choose(next?.dataset['value'] ?? '');
}
