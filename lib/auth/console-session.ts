/** Who looks at a page, for server components. */
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { PersonRole, Workspace } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { PersonActor } from './actor';
import { personActor } from './console-actor';
import { findLogin, type Login, type WorkspaceMembership } from './logins';
import { permissionsOf, type Permission } from './permissions';
import { readSessionCookie, sessionCookieName } from './session-cookie';

/** The path of the page that is being rendered, set by proxy.ts. */
const PATH_HEADER = 'x-belay-path';

export interface ConsoleSession {
  readonly actor: PersonActor;
  readonly person: { id: string; name: string; email: string; mustChangePassword: boolean };
  readonly role: PersonRole;
  readonly workspace: Workspace;
  readonly workspaces: readonly WorkspaceMembership[];
  readonly permissions: readonly Permission[];
}

/** The login behind the request's cookie, looked up once a request; nothing when nobody is signed in. */
export const currentLogin = cache(async (): Promise<Login | undefined> => {
  const jar = await cookies();
  const claims = await readSessionCookie(jar.get(sessionCookieName())?.value);
  return claims === undefined ? undefined : findLogin(claims, new Date());
});

/** Sends a visitor who is not signed in to the sign-in page, and back here afterwards. */
export async function requireCurrentLogin(): Promise<Login> {
  const login = await currentLogin();
  if (login !== undefined) return login;
  redirect(andThen('/sign-in', await currentPath()));
}

const currentPath = async () => (await headers()).get(PATH_HEADER) ?? '/';

/** The address of a step of signing in that goes on to a path of the console, which is not checked here. */
export const andThen = (step: '/sign-in' | '/sign-in/password', path: string): string =>
  path === '/' ? step : `${step}?next=${encodeURIComponent(path)}`;

/**
 * The person and the workspace of a page; a workspace the person does not belong to is a 404 like one that does not exist. Pages
 * ask it one by one, as a browser can fetch a page without its layout: a one-time password opens none of them.
 */
export const requireConsoleSession = cache(async (slug: string): Promise<ConsoleSession> => {
  const login = await requireCurrentLogin();
  if (login.mustChangePassword) redirect(andThen('/sign-in/password', await currentPath()));
  const workspace = login.workspaces.find((candidate) => candidate.slug === slug);
  if (workspace === undefined) notFound();
  if (login.lastWorkspaceId !== workspace.id)
    await sql('UPDATE people SET last_workspace_id = $2 WHERE id = $1', [
      login.personId,
      workspace.id,
    ]);
  const { role, ...plain } = workspace;
  return {
    actor: personActor(login, workspace),
    person: {
      id: login.personId,
      name: login.name,
      email: login.email,
      mustChangePassword: login.mustChangePassword,
    },
    role,
    workspace: plain,
    workspaces: login.workspaces,
    permissions: permissionsOf(role),
  };
});

/** The slug to open when an address names none: the last one, else the first. */
export function homeWorkspace(login: Login): string | undefined {
  const last = login.workspaces.find((workspace) => workspace.id === login.lastWorkspaceId);
  return (last ?? login.workspaces[0])?.slug;
}
