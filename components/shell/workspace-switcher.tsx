'use client';

import { ChevronsUpDown } from 'lucide-react';
import { Menu } from '@/components/ui/menu';
import { useSession } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { WorkspaceIcon, WorkspaceItems } from './workspace-items';

/** Names the workspace in the address; opens the others. */
export function WorkspaceSwitcher() {
  const { workspace } = useSession();
  return (
    <Menu
      label={t('Workspaces')}
      trigger={
        <button
          type="button"
          className="flex h-8 min-w-0 items-center gap-2 rounded-md px-2 text-sm font-medium hover:bg-hover"
        >
          <WorkspaceIcon kind={workspace.kind} />
          <span className="sr-only">{t('Workspace:')} </span>
          <span className="truncate">{workspace.name}</span>
          <ChevronsUpDown aria-hidden size={14} className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <WorkspaceItems />
    </Menu>
  );
}
