/** The detector a workspace has named, as stored. */
import type { Sql } from '@/lib/db';
import { unseal } from '@/lib/env/seal';

export interface DetectorSettings {
  readonly version: number;
  readonly kind: 'http' | 'none';
  readonly url: string;
  readonly timeoutMs: number;
  /** The probability from which on a text counts as hostile, in [0.5, 1]. */
  readonly threshold: number;
  readonly sealedToken: Buffer | null;
}

/** What a token is bound to while it is sealed. */
export const detectorSealedFor = (workspaceId: string) => `detector:${workspaceId}`;

/** The setting in force when somebody is asked; undefined otherwise. Read for every text: a change counts from its acknowledgement on. */
export async function detectorInForce(
  sql: Sql,
  workspaceId: string,
): Promise<DetectorSettings | undefined> {
  const [row] = await sql<DetectorSettings>(
    `SELECT d.version, d.kind, d.url, d.timeout_ms AS "timeoutMs", d.threshold, d.sealed_token AS "sealedToken"
     FROM workspace_epochs e JOIN detectors d ON d.workspace_id = e.workspace_id AND d.version = e.detector_version
     WHERE e.workspace_id = $1 AND d.kind <> 'none'`,
    [workspaceId],
  );
  return row;
}

/** @throws when the token cannot be opened with the secret of this installation */
export function detectorToken(workspaceId: string, sealed: Buffer | null): string | undefined {
  return sealed === null ? undefined : unseal('detector', sealed, detectorSealedFor(workspaceId));
}
