'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './class-names';

export interface TabItem {
  value: string;
  label: ReactNode;
  /** Shown after the label, for example how many wait. */
  count?: number;
  content?: ReactNode;
}

/** Tabs with arrow keys. Give `value` and `onValueChange` to keep the choice in the URL. */
export function Tabs({
  label,
  items,
  value,
  onValueChange,
  defaultValue,
  className,
}: {
  label: string;
  items: readonly TabItem[];
  value?: string;
  onValueChange?: (value: string) => void;
  defaultValue?: string;
  className?: string;
}) {
  return (
    <Radix.Root
      value={value}
      onValueChange={onValueChange}
      defaultValue={value === undefined ? (defaultValue ?? items[0]?.value) : undefined}
      className={cx('min-w-0', className)}
    >
      <Radix.List
        aria-label={label}
        className="flex gap-1 overflow-x-auto border-b border-line px-2"
      >
        {items.map((item) => (
          <Radix.Trigger
            key={item.value}
            value={item.value}
            // Without content of its own a tab controls what the page shows; there is no panel to point to.
            {...(item.content === undefined ? { 'aria-controls': undefined } : {})}
            className="-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {item.label}
            {item.count === undefined ? null : (
              <span className="rounded-full bg-sunken px-1.5 text-xs text-ink-2">{item.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) =>
        item.content === undefined ? null : (
          <Radix.Content key={item.value} value={item.value} className="pt-3">
            {item.content}
          </Radix.Content>
        ),
      )}
    </Radix.Root>
  );
}
