'use client';

import { Building2, ChevronsUpDown, FlaskConical } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Badge } from '@/components/ui/badge';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/menu';
import type { Workspace } from '@/lib/contracts';
import { useSession } from '@/lib/client/session';
import { t } from '@/lib/client/language';

function WorkspaceIcon({ kind }: { kind: Workspace['kind'] }) {
  const look = { 'aria-hidden': true, size: 16, className: 'shrink-0 text-ink-2' } as const;
  return kind === 'demo' ? <FlaskConical {...look} /> : <Building2 {...look} />;
}

/** Names the workspace in the address; opens the others. */
export function WorkspaceSwitcher() {
  const { workspace, workspaces } = useSession();
  const router = useRouter();
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
      <MenuLabel>{t('Workspaces')}</MenuLabel>
      {workspaces.map((candidate) => (
        <MenuItem
          key={candidate.id}
          checked={candidate.id === workspace.id}
          onSelect={() => router.push(`/${candidate.slug}/overview`)}
        >
          <WorkspaceIcon kind={candidate.kind} />
          <span className="min-w-0 truncate">{candidate.name}</span>
          {candidate.kind === 'demo' ? <Badge>{t('simulated')}</Badge> : null}
        </MenuItem>
      ))}
    </Menu>
  );
}
