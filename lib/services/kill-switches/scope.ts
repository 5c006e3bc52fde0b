/** What a kill switch covers, as a condition on rows that have an agent and a tool. */
import type { SwitchInput } from '@/lib/contracts';
import type { SqlValue } from '@/lib/db';

export interface Reach {
  readonly scope: SwitchInput['scope'];
  readonly mode: SwitchInput['mode'];
}

/**
 * A condition on the alias `x` with the columns `workspace_id`, `agent_id` and `tool`; it uses $1 (workspace) to $4.
 * A tag covers agents and tools that carry it. Read-only leaves calls without side effect alone; a tool nobody has described
 * counts as having one.
 */
export const IN_REACH = `x.workspace_id = $1 AND (
    $2::text = 'workspace'
    OR ($2 = 'agent' AND x.agent_id::text = $3::text)
    OR ($2 = 'tool' AND x.tool = $3)
    OR ($2 = 'tag' AND (
      EXISTS (SELECT 1 FROM agents a WHERE a.workspace_id = $1 AND a.id = x.agent_id AND $3 = ANY(a.tags))
      OR EXISTS (SELECT 1 FROM tools t WHERE t.workspace_id = $1 AND t.name = x.tool AND $3 = ANY(t.tags)))))
  AND ($4::text = 'halt' OR coalesce(
    (SELECT t.side_effect FROM tools t WHERE t.workspace_id = $1 AND t.name = x.tool), 'write') = 'write')`;

export function reachValues(workspaceId: string, { scope, mode }: Reach): SqlValue[] {
  return [workspaceId, scope.type, scope.value ?? null, mode];
}
