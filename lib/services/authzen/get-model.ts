import { requirePermission } from '@/lib/auth';
import type { AccessModel } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { readModel } from './model-rows';

/** What this workspace knows of subjects that are no agents; empty while nobody wrote it down. */
export async function getAccessModel({ actor }: ServiceContext): Promise<AccessModel> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const [epochs] = await sql<{ version: number }>(
    'SELECT base_policy_version AS version FROM workspace_epochs WHERE workspace_id = $1',
    [workspaceId],
  );
  const basePolicyVersion = epochs?.version ?? 0;
  const model = await readModel(sql, workspaceId, basePolicyVersion);
  if (model === undefined) return { ...NOTHING_KNOWN, basePolicyVersion };
  const [made] = await sql<{ reason: string; createdBy: string; createdAt: Date }>(
    `SELECT reason, created_by_name AS "createdBy", created_at AS "createdAt" FROM base_policies
     WHERE workspace_id = $1 AND version = $2`,
    [workspaceId, model.version],
  );
  if (made === undefined) throw new Error(`the access model ${model.version} has no base policy`);
  return { ...model, ...made, createdAt: iso(made.createdAt), basePolicyVersion };
}

const NOTHING_KNOWN: Omit<AccessModel, 'basePolicyVersion'> = {
  version: 0,
  policies: '',
  schema: '',
  entities: [],
  reason: 'Nothing is known of subjects that are no agents, so nothing is permitted to them.',
  createdBy: 'Belay',
  createdAt: null,
};
