import { KEY_ROLES, keyRoleSchema } from '@/lib/contracts';
import { createApiKeyByCommand } from '@/lib/services/api-keys/create';
import { withDatabase } from './database';
import { findWorkspaces } from './workspaces';

/** `belay key create`: prints the key and nothing else, so that a script can take it. */
export async function createKeyCommand(options: {
  name: string;
  role: string;
  workspace: string;
}): Promise<void> {
  const role = keyRoleSchema.safeParse(options.role);
  if (!role.success) throw new Error(`--role must be one of ${KEY_ROLES.join(', ')}.`);
  const input = { name: options.name, role: role.data, workspaceSlug: options.workspace };
  const key = await withDatabase(async () => {
    await findWorkspaces(options.workspace);
    return createApiKeyByCommand(input, new Date());
  });
  console.log(key);
}
