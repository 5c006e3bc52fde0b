import { permissionsOf } from '@/lib/auth';
import type { Login } from '@/lib/auth/logins';
import { DomainError, type Me } from '@/lib/contracts';

/**
 * Who is signed in, in which workspace, with which permissions. Without a workspace it answers for the last one.
 *
 * @throws DomainError `not_found` for a workspace the person does not belong to
 */
export function describeLogin(login: Login, slug: string | undefined): Me {
  const home = login.workspaces.find(({ id }) => id === login.lastWorkspaceId);
  const membership =
    slug === undefined
      ? (home ?? login.workspaces[0])
      : login.workspaces.find((workspace) => workspace.slug === slug);
  if (membership === undefined)
    throw new DomainError('not_found', 'not_found', 'There is no such workspace.');
  const { role, ...workspace } = membership;
  return {
    person: {
      id: login.personId,
      name: login.name,
      email: login.email,
      mustChangePassword: login.mustChangePassword,
    },
    role,
    workspace,
    workspaces: [...login.workspaces],
    permissions: [...permissionsOf(role)],
  };
}
