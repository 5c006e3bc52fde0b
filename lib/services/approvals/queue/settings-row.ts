import {
  DEFAULT_QUEUE_SETTINGS,
  queueSettingsSchema,
  type QueueSettings,
  type QueueSettingsAnswer,
} from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { isoOrNull } from '@/lib/services/instants';

interface Row {
  readonly claimMinutes: number;
  readonly rules: unknown;
  readonly changedByName: string;
  readonly changedAt: Date;
}

/** How a workspace works its queue; the defaults until somebody changes them. */
export async function readQueueSettings(
  sql: Sql,
  workspaceId: string,
): Promise<QueueSettingsAnswer> {
  const [row] = await sql<Row>(
    `SELECT claim_minutes AS "claimMinutes", rules, changed_by_name AS "changedByName", changed_at AS "changedAt"
     FROM queue_settings WHERE workspace_id = $1`,
    [workspaceId],
  );
  const settings: QueueSettings =
    row === undefined ? DEFAULT_QUEUE_SETTINGS : queueSettingsSchema.parse(row);
  return {
    ...settings,
    changedByName: row?.changedByName ?? null,
    changedAt: isoOrNull(row?.changedAt ?? null),
  };
}
