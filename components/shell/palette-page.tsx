'use client';

import { Command } from 'cmdk';
import { CornerDownLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { t } from '@/lib/client/language';
import { pageCommands, type PageCommand } from './page-commands';
import { PALETTE_GROUP, PaletteItem } from './palette-item';

/** What the page below can do right now, each with its key. */
export function PageCommands({ open, run }: { open: boolean; run: (deed: () => void) => void }) {
  const commands = useOfferedCommands(open);
  if (commands.length === 0) return null;
  return (
    <Command.Group heading={t('On this page')} className={PALETTE_GROUP}>
      {commands.map((command) => (
        <PaletteItem
          key={command.id}
          value={`${command.words} ${command.id}`}
          icon={<CornerDownLeft aria-hidden size={16} />}
          onSelect={() => run(command.run)}
        >
          <span className="min-w-0 truncate">{command.words}</span>
          {command.keys === undefined ? null : (
            <span className="ml-auto">
              <Kbd>{command.keys}</Kbd>
            </span>
          )}
        </PaletteItem>
      ))}
    </Command.Group>
  );
}

function useOfferedCommands(open: boolean): readonly PageCommand[] {
  const [commands, setCommands] = useState<readonly PageCommand[]>([]);
  useEffect(() => {
    if (!open) return undefined;
    let wanted = true;
    void pageCommands().then((offered) => {
      if (wanted) setCommands(offered);
    });
    return () => {
      wanted = false;
    };
  }, [open]);
  return commands;
}
