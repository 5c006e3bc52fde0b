/** What ladders and policies share: numbered versions of which the newest is in force. */
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { raiseEpoch } from './epochs';

/**
 * The number of the next version. Holds the workspace's epochs, so that two editors cannot both be next.
 *
 * @param basedOn the version the editor started from
 * @throws DomainError `stale_version` when somebody was faster
 */
export async function nextVersion(
  sql: Sql,
  workspaceId: string,
  epoch:
    | 'ladder_version'
    | 'policy_version'
    | 'base_policy_version'
    | 'detector_version'
    | 'verdict_version',
  basedOn: number,
): Promise<number> {
  const version = await raiseEpoch(sql, workspaceId, epoch);
  const current = version - 1;
  if (basedOn === current) return version;
  throw staleVersion(basedOn, current);
}

/** The refusal of a change that started from a version that is no longer in force. */
export function staleVersion(basedOn: number, current: number): DomainError {
  return new DomainError(
    'conflict',
    'stale_version',
    `You started from version ${basedOn}, and version ${current} is in force now. Look at what changed and try again.`,
    { facts: { basedOn, current } },
  );
}
