import { UNKNOWN_TOOL } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { readSwitches, stops, switchReason } from '@/lib/decide';
import type { ApprovalRow } from './approval-rows';

type Target = { tags: string[]; tool_tags: string[] | null; side_effect: 'none' | 'write' | null };

/** The kill switch in force that stops such a call, and why. */
export async function switchThatStops(
  sql: Sql,
  workspaceId: string,
  approval: Pick<ApprovalRow, 'agentId' | 'tool'>,
): Promise<string | undefined> {
  const switches = await readSwitches(sql, workspaceId);
  if (switches.length === 0) return undefined;
  const [row] = await sql<Target>(
    `SELECT a.tags, t.tags AS tool_tags, t.side_effect FROM agents a
     LEFT JOIN tools t ON t.workspace_id = a.workspace_id AND t.name = $3
     WHERE a.workspace_id = $1 AND a.id = $2`,
    [workspaceId, approval.agentId, approval.tool],
  );
  const target = {
    agentId: approval.agentId,
    agentTags: row?.tags ?? [],
    tool: approval.tool,
    toolTags: row?.tool_tags ?? [],
    sideEffect: row?.side_effect ?? UNKNOWN_TOOL.sideEffect,
  };
  const stop = switches.find((candidate) => stops(candidate, target));
  return stop && switchReason(stop).text;
}
