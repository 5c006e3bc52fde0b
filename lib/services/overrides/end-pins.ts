import type { SwitchInput } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';

/** A kill ends every pin on a rung in its scope at once. @returns how many it ended */
export async function endPins(
  sql: Sql,
  { actor, now }: ServiceContext,
  { scope, endedBy }: { scope: SwitchInput['scope']; endedBy: string },
): Promise<number> {
  const rows = await sql(
    `UPDATE rung_overrides o SET ended_at = $2, ended_by = $3 FROM agents a
     WHERE o.workspace_id = $1 AND o.ended_at IS NULL AND o.until > $2 AND a.workspace_id = o.workspace_id AND a.id = o.agent_id
       AND ($4::text = 'workspace' OR ($4 = 'agent' AND a.id::text = $5::text) OR ($4 = 'tag' AND $5 = ANY(a.tags)))
     RETURNING o.id`,
    [actor.workspaceId, now, endedBy, scope.type, scope.value ?? null],
  );
  return rows.length;
}
