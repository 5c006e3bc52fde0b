import { permissionsOf, requirePermission } from '@/lib/auth';
import { DomainError, personRoleSchema, type Me } from '@/lib/contracts';
import { prisma } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';

/** What an API key may do, in the words of a person's description. @throws DomainError `forbidden` for a gateway key */
export async function describeKey({ actor }: ServiceContext): Promise<Me> {
  requirePermission(actor, 'workspace.read');
  const role = personRoleSchema.parse(actor.role);
  const row = await prisma().workspace.findUnique({ where: { id: actor.workspaceId } });
  if (row === null || actor.kind !== 'key')
    throw new DomainError('not_found', 'not_found', 'There is no such workspace.');
  const { id, slug, name } = row;
  const workspace = { id, slug, name, kind: row.kind === 'demo' ? 'demo' : 'own' } as const;
  return {
    person: { id: actor.keyId, name: actor.name, email: '', mustChangePassword: false },
    role,
    workspace,
    workspaces: [{ ...workspace, role }],
    permissions: [...permissionsOf(role)],
  };
}
