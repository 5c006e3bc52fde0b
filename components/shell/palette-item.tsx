'use client';

import { Command } from 'cmdk';
import type { ReactNode } from 'react';

export const PALETTE_GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-2';

/** One line of the palette; `value` is what the search looks at. */
export function PaletteItem({
  value,
  icon,
  children,
  onSelect,
}: {
  value: string;
  icon: ReactNode;
  children: ReactNode;
  onSelect: () => void;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-hover"
    >
      <span className="text-ink-2">{icon}</span>
      {children}
    </Command.Item>
  );
}
