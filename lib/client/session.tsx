'use client';

import { createContext, useContext, type ReactNode } from 'react';
import type { PersonRole, Workspace } from '@/lib/contracts';
import { apiOf } from './api';
import type { Connection } from './live-connection';

/** Who looks, and where. Permissions come from the server; the screen only hides what the server would refuse anyway. */
export interface ClientSession {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly role: PersonRole;
  readonly workspace: Workspace;
  readonly workspaces: readonly (Workspace & { readonly role: PersonRole })[];
  readonly permissions: readonly string[];
}

const SessionContext = createContext<ClientSession | null>(null);
const ConnectionContext = createContext<Connection>({ state: 'connecting' });

export function SessionProvider({
  session,
  connection,
  children,
}: {
  session: ClientSession;
  connection: Connection;
  children: ReactNode;
}) {
  return (
    <SessionContext value={session}>
      <ConnectionContext value={connection}>{children}</ConnectionContext>
    </SessionContext>
  );
}

/** @throws Error outside of the console's layout */
export function useSession(): ClientSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession works inside the console layout only.');
  return session;
}

/** The slug of the workspace in the address. */
export function useWorkspace(): string {
  return useSession().workspace.slug;
}

/** The calls of the workspace in the address. */
export function useApi() {
  return apiOf(useWorkspace());
}

/** Whether the role may do it, for example "approvals.decide". */
export function usePermission(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

/** How the live connection stands. */
export function useConnection(): Connection {
  return useContext(ConnectionContext);
}
