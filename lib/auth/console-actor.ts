/** Finds out who calls a console endpoint: an API key, or the cookie of a person who is signed in. */
import { DomainError } from '@/lib/contracts';
import type { ConsoleActor, PersonActor } from './actor';
import { apiKeyOf, findApiKey } from './api-key';
import { findLogin, type Login, type WorkspaceMembership } from './logins';
import { requireSameOrigin } from './same-origin';
import { readSessionCookie, sessionCookieOf } from './session-cookie';

export const WORKSPACE_HEADER = 'x-belay-workspace';

/**
 * The `auth` of every console handler.
 *
 * @throws DomainError `unauthenticated`; `cross_site` for a write of another site; `password_change_required` while a one-time
 *   password is in force; `not_found` for a workspace the caller does not belong to; `workspace_required` when a person's
 *   request names none
 */
export async function consoleActor(request: Request): Promise<ConsoleActor> {
  const wanted = wantedWorkspace(request);
  const key = apiKeyOf(request.headers.get('authorization'));
  if (key !== undefined) return keyActor(key, wanted);
  const login = await requireLogin(request);
  requireSameOrigin(request);
  requireOwnPassword(login);
  if (wanted === undefined)
    throw new DomainError(
      'malformed',
      'workspace_required',
      `Name the workspace: send the header ${WORKSPACE_HEADER} with its slug.`,
    );
  return personActor(login, membershipIn(login, wanted));
}

/**
 * The login of a person, for calls that concern the person and no workspace: who they are, and a password of their own. These
 * alone also answer somebody who still has a one-time password.
 *
 * @throws DomainError `unauthenticated`
 */
export async function requireLogin(request: Request): Promise<Login> {
  const claims = await readSessionCookie(sessionCookieOf(request.headers.get('cookie')));
  const login = claims === undefined ? undefined : await findLogin(claims, new Date());
  if (login !== undefined) return login;
  throw new DomainError(
    'unauthenticated',
    'not_signed_in',
    'Sign in, or send an API key as "Authorization: Bearer bk_...".',
  );
}

/**
 * The login of a person, for calls across their workspaces.
 *
 * @throws DomainError `unauthenticated`, `password_change_required`
 */
export async function requirePerson(request: Request): Promise<Login> {
  const login = await requireLogin(request);
  requireOwnPassword(login);
  return login;
}

/** What went through a terminal or somebody else's hands is good for choosing a password, and for nothing else. */
function requireOwnPassword(login: Login): void {
  if (!login.mustChangePassword) return;
  throw new DomainError(
    'forbidden',
    'password_change_required',
    'Replace the one-time password first: POST /api/v1/me/password, or sign in with a browser.',
  );
}

async function keyActor(key: string, wanted: string | undefined): Promise<ConsoleActor> {
  const found = await findApiKey(key, new Date());
  if (found === undefined)
    throw new DomainError(
      'unauthenticated',
      'invalid_api_key',
      'This API key is unknown, revoked or expired.',
    );
  if (wanted !== undefined && wanted !== found.workspaceSlug) throw noWorkspace();
  return found.actor;
}

export function personActor(login: Login, workspace: WorkspaceMembership): PersonActor {
  return {
    kind: 'person',
    personId: login.personId,
    name: login.name,
    email: login.email,
    role: workspace.role,
    workspaceId: workspace.id,
    signedInAt: login.signedInAt,
  };
}

function membershipIn(login: Login, slug: string): WorkspaceMembership {
  const membership = login.workspaces.find((workspace) => workspace.slug === slug);
  if (membership === undefined) throw noWorkspace();
  return membership;
}

/** The slug a request names, by header, or by query where headers cannot be set (event streams, downloads). */
export function wantedWorkspace(request: Request): string | undefined {
  const named =
    request.headers.get(WORKSPACE_HEADER) ?? new URL(request.url).searchParams.get('workspace');
  return named === null || named === '' ? undefined : named;
}

function noWorkspace(): DomainError {
  return new DomainError('not_found', 'not_found', 'There is no such workspace.');
}
