/** What a workspace has set about its own reviewing; the defaults where it has set nothing. */
import { vigilanceBodySchema, type Vigilance, type VigilanceBody } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { DEFAULT_TEMPLATES } from '@/lib/services/canaries/default-templates';
import { isoOrNull } from '@/lib/services/instants';

interface SettingsRow {
  readonly version: number;
  readonly body: unknown;
  readonly reason: string;
  readonly changedByName: string;
  readonly changedAt: Date;
}

/** The whole setting, with who changed it last. What an older version of Belay stored is filled up with the defaults. */
export async function readVigilance(sql: Sql, workspaceId: string): Promise<Vigilance> {
  const [row] = await sql<SettingsRow>(
    `SELECT version, body, reason, changed_by_name AS "changedByName", changed_at AS "changedAt"
     FROM vigilance_settings WHERE workspace_id = $1`,
    [workspaceId],
  );
  return {
    version: row?.version ?? 0,
    settings: vigilanceBodySchema.parse(row?.body ?? {}),
    defaultTemplates: [...DEFAULT_TEMPLATES],
    reason: row?.reason ?? 'The defaults.',
    changedBy: row?.changedByName ?? 'Belay',
    changedAt: isoOrNull(row?.changedAt ?? null),
  };
}

export async function readVigilanceBody(sql: Sql, workspaceId: string): Promise<VigilanceBody> {
  return (await readVigilance(sql, workspaceId)).settings;
}
