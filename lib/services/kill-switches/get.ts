import { requirePermission } from '@/lib/auth';
import { notFound, type KillSwitch } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { serializeSwitch, SWITCH_COLUMNS, SWITCH_TABLES, type SwitchRow } from './serialize';

/** @throws DomainError `not_found` */
export async function getKillSwitch({ actor }: ServiceContext, id: string): Promise<KillSwitch> {
  requirePermission(actor, 'workspace.read');
  const [row] = await sql<SwitchRow>(
    `SELECT ${SWITCH_COLUMNS} FROM ${SWITCH_TABLES} WHERE s.workspace_id = $1 AND s.id = $2`,
    [actor.workspaceId, requireId(id, 'kill switch')],
  );
  if (row === undefined) throw notFound('kill switch');
  return serializeSwitch(row);
}
