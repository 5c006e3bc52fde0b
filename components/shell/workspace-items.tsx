'use client';

import { useQuery } from '@tanstack/react-query';
import { Building2, FlaskConical } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { Badge } from '@/components/ui/badge';
import { MenuItem, MenuLabel } from '@/components/ui/menu';
import { numberText } from '@/components/ui/number-text';
import type { Workspace } from '@/lib/contracts';
import { useSession } from '@/lib/client/session';
import { waitingQuery } from '@/lib/client/shell-queries';
import { t } from '@/lib/client/language';
import { CONSOLE_PAGES } from './pages';

/** What stands for a workspace of this kind. */
export function WorkspaceIcon({ kind }: { kind: Workspace['kind'] }) {
  const look = { 'aria-hidden': true, size: 16, className: 'shrink-0 text-ink-2' } as const;
  return kind === 'demo' ? <FlaskConical {...look} /> : <Building2 {...look} />;
}

/** The page of another workspace that shows what this one shows here: lists have a counterpart there, single things have none. */
function usePageThere(): string {
  const [, , page] = usePathname().split('/');
  return CONSOLE_PAGES.find(({ path }) => path === page)?.path ?? 'overview';
}

/** The workspaces of whoever is signed in, with what waits in each. */
export function WorkspaceItems() {
  const { workspace, workspaces } = useSession();
  const router = useRouter();
  const page = usePageThere();
  const waiting = useQuery(waitingQuery(workspace.slug)).data?.items ?? [];
  return (
    <>
      <MenuLabel>{t('Workspaces')}</MenuLabel>
      {workspaces.map((candidate) => {
        const pending = waiting.find((item) => item.workspace.id === candidate.id)?.pending ?? 0;
        return (
          <MenuItem
            key={candidate.id}
            checked={candidate.id === workspace.id}
            onSelect={() => router.push(`/${candidate.slug}/${page}`)}
          >
            <WorkspaceIcon kind={candidate.kind} />
            <span className="min-w-0 truncate">{candidate.name}</span>
            {candidate.kind === 'demo' ? <Badge>{t('simulated')}</Badge> : null}
            {pending === 0 ? null : (
              <span className="ml-auto pl-4 text-dense text-ink-2">
                {t('{count} waiting', { count: numberText(pending) })}
              </span>
            )}
          </MenuItem>
        );
      })}
    </>
  );
}
