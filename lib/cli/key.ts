import { instantSchema, KEY_ROLES, keyRoleSchema } from '@/lib/contracts';
import { createApiKeyByCommand } from '@/lib/services/api-keys/create';
import { withDatabase } from './database';
import { findWorkspaces } from './workspaces';

/** `belay key create`: prints the key and nothing else, so that a script can take it. */
export async function createKeyCommand(options: {
  name: string;
  role: string;
  workspace: string;
  expires?: string;
}): Promise<void> {
  const role = keyRoleSchema.safeParse(options.role);
  if (!role.success) throw new Error(`--role must be one of ${KEY_ROLES.join(', ')}.`);
  const expiresAt = instantSchema.optional().safeParse(options.expires);
  if (!expiresAt.success)
    throw new Error('--expires must be a moment, for example 2030-01-31T18:00:00Z.');
  const input = {
    name: options.name,
    role: role.data,
    workspaceSlug: options.workspace,
    expiresAt: expiresAt.data,
  };
  const key = await withDatabase(async () => {
    await findWorkspaces(options.workspace);
    return createApiKeyByCommand(input, new Date());
  });
  console.log(key);
}
