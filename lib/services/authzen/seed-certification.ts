import { newId, sql, withTransaction, type Sql } from '@/lib/db';
import { createApiKeyByCommand } from '@/lib/services/api-keys/create';
import type { ServiceContext } from '@/lib/services/context';
import { createWorkspace } from '@/lib/services/workspace/create';
import { certificationModel } from './certification-fixture';
import { getAccessModel } from './get-model';
import { setAccessModel } from './set-model';

const CERTIFICATION = {
  slug: 'authzen-certification',
  name: 'AuthZEN certification',
  kind: 'own',
} as const;

/**
 * A workspace of its own with the fixture of the certification scenario, as it was meant, whatever somebody made of it since; and a
 * key for the suite. By a command of the operator's machine, so no permission is asked. Those who run the workspace `default` see
 * the new one too.
 *
 * @returns a new gateway key for it
 */
export async function seedCertification(now: Date): Promise<string> {
  const workspaceId = await withTransaction((run) => ensureWorkspace(run, now));
  const context: ServiceContext = {
    actor: {
      kind: 'key',
      keyId: newId(),
      name: 'belay workspace seed',
      role: 'admin',
      workspaceId,
      author: null,
    },
    now,
  };
  const { basePolicyVersion } = await getAccessModel(context);
  await setAccessModel(context, certificationModel(basePolicyVersion));
  const key = { name: 'AuthZEN certification', role: 'gateway' as const };
  return createApiKeyByCommand({ ...key, workspaceSlug: CERTIFICATION.slug }, now);
}

async function ensureWorkspace(run: Sql, now: Date): Promise<string> {
  const [known] = await sql<{ id: string }>('SELECT id FROM workspaces WHERE slug = $1', [
    CERTIFICATION.slug,
  ]);
  if (known !== undefined) return known.id;
  const id = await createWorkspace(run, CERTIFICATION, now);
  await run(
    `INSERT INTO memberships (workspace_id, person_id, role, created_at)
     SELECT $1, m.person_id, m.role, $2 FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
     WHERE w.slug = 'default' AND m.role = 'admin'`,
    [id, now],
  );
  return id;
}
