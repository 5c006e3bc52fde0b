import type { AccessTaskAnswer, TaskStatus } from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import { accessProblem } from './problems';
import { statusEndpoint } from './status-endpoint';
import { readTasks, statusOf, type TaskRow } from './task-rows';

/** What a person reads about a task, by how it stands. */
const DISPLAY: Readonly<Record<TaskStatus, { title: string; description: string }>> = {
  pending: { title: 'Waiting', description: 'A person decides whether this action may run.' },
  approved: { title: 'Approved', description: 'Evaluate the action again with the approval.' },
  denied: { title: 'Denied', description: 'A person decided that this action may not run.' },
  expired: { title: 'Expired', description: 'Nobody decided in time.' },
  cancelled: { title: 'Cancelled', description: 'This was stopped before anybody decided.' },
};

/**
 * A task as it stands now.
 *
 * @param agentId undefined for a caller that speaks for every agent of the workspace
 * @param reviewAt where a person decides
 * @throws DomainError 404 `unknown_task`, also for the task of another agent or workspace
 */
export async function readTask(
  { workspaceId, agentId, id }: { workspaceId: string; agentId: string | undefined; id: string },
  reviewAt: (row: TaskRow) => Promise<string>,
  now: Date,
): Promise<AccessTaskAnswer> {
  const [row] = isUuid(id) ? await readTasks(sql, workspaceId, 'r.id = $2', id) : [];
  if (row === undefined || (agentId !== undefined && row.agentId !== agentId))
    throw accessProblem('unknown_task', 'There is no such task in this workspace.');
  const review = await reviewAt(row);
  const status = statusOf(row, now);
  return {
    task: {
      id: row.id,
      status,
      status_endpoint: statusEndpoint(row.id),
      ...(row.verdictsNeeded > 1
        ? {
            progress: {
              current_step: Math.min(row.verdictsGiven + 1, row.verdictsNeeded),
              total_steps: row.verdictsNeeded,
            },
          }
        : {}),
      links: { review },
      display: DISPLAY[status],
    },
    ...(status === 'approved' ? resultOf(row) : {}),
  };
}

function resultOf(row: TaskRow): Pick<AccessTaskAnswer, 'result'> {
  const { approvalId, decidedAt, approvedUntil, editedArguments } = row;
  if (decidedAt === null || approvedUntil === null) return {};
  return {
    result: {
      mode: 'reevaluate',
      approval: {
        id: approvalId,
        approved_at: decidedAt.toISOString(),
        approved_until: approvedUntil.toISOString(),
      },
      ...(editedArguments === null ? {} : { 'urn:belay:edited_arguments': editedArguments }),
    },
  };
}
