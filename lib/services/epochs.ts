/** The first lock of every change that decisions depend on; see the lock order in docs/architecture. */
import type { Sql } from '@/lib/db';
import { seizeEpochs } from '@/lib/decide';

type Epoch =
  | 'kill_epoch'
  | 'catalogue_epoch'
  | 'ladder_version'
  | 'policy_version'
  | 'base_policy_version'
  | 'detector_version'
  | 'verdict_version';

/** Raises an epoch: no batch of decisions commits between this and the end of the transaction. */
export async function raiseEpoch(sql: Sql, workspaceId: string, epoch: Epoch): Promise<number> {
  await seizeEpochs(sql, workspaceId);
  const [row] = await sql<{ value: number }>(
    `UPDATE workspace_epochs SET ${epoch} = ${epoch} + 1 WHERE workspace_id = $1 RETURNING ${epoch} AS value`,
    [workspaceId],
  );
  if (row === undefined) throw new Error(`workspace ${workspaceId} has no epochs`);
  return Number(row.value);
}

/** Keeps every batch of decisions out until the transaction ends, without changing an epoch. */
export const excludeDecisions: (sql: Sql, workspaceId: string) => Promise<void> = seizeEpochs;
