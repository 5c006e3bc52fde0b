import { dehydrate, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ConsoleShell } from '@/components/shell/console-shell';
import { requireConsoleSession, type ConsoleSession } from '@/lib/auth/console-session';
import { NAV_COOKIE } from '@/lib/client/preferences';
import { pendingQuery, switchesQuery } from '@/lib/client/shell-queries';
import { approvalListQuerySchema, listQuerySchema } from '@/lib/contracts';
import { listApprovals } from '@/lib/services/approvals/list';
import { listKillSwitches } from '@/lib/services/kill-switches/list';

interface Props {
  children: ReactNode;
  params: Promise<{ workspace: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace } = await requireConsoleSession((await params).workspace);
  return { title: { default: workspace.name, template: `%s · ${workspace.name} · Belay` } };
}

/** Every page below it is for people who are signed in and belong to the workspace in the address. */
export default async function ConsoleLayout({ children, params }: Props) {
  const session = await requireConsoleSession((await params).workspace);
  const { person, role, workspace, workspaces, permissions } = session;
  const [jar, shellData] = await Promise.all([cookies(), prefetchShell(session)]);
  return (
    <ConsoleShell
      session={{
        person,
        role,
        workspace,
        workspaces: [...workspaces],
        permissions: [...permissions],
      }}
      initiallyNarrow={jar.get(NAV_COOKIE)?.value === 'narrow'}
      shellData={shellData}
    >
      {children}
    </ConsoleShell>
  );
}

/** What is stopped is in the first byte of every page. */
async function prefetchShell({ actor, workspace }: ConsoleSession) {
  const context = { actor, now: new Date() };
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({
      ...pendingQuery(workspace.slug),
      queryFn: () => listApprovals(context, approvalListQuerySchema.parse({ limit: 1 })),
    }),
    client.prefetchQuery({
      ...switchesQuery(workspace.slug),
      queryFn: () => listKillSwitches(context, listQuerySchema.parse({})),
    }),
  ]);
  return dehydrate(client);
}
