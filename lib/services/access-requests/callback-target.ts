import { DomainError } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { unseal } from '@/lib/env/seal';
import { sealedForTarget } from '@/lib/services/messages/receivers';

/**
 * The target of messages with an address. A program may name no address of its own choosing: only one that an admin registered as a
 * webhook of this workspace, so what is sent is signed, guarded and retried as every message is.
 *
 * @throws DomainError 400 `callback_refused`
 */
export async function callbackTarget(workspaceId: string, endpoint: string): Promise<string> {
  const targets = await sql<{ id: string; sealedUrl: Buffer }>(
    `SELECT id, sealed_url AS "sealedUrl" FROM message_targets
     WHERE workspace_id = $1 AND kind = 'webhook' AND disabled_at IS NULL ORDER BY id`,
    [workspaceId],
  );
  const wanted = new URL(endpoint).href;
  const found = targets.find(({ id, sealedUrl }) => opened(workspaceId, id, sealedUrl) === wanted);
  if (found !== undefined) return found.id;
  throw new DomainError(
    'malformed',
    'callback_refused',
    'Belay calls only addresses that an admin added as a webhook in Settings. Ask for the task instead, or have this one added.',
    { errors: [{ path: 'callback.endpoint', message: 'is no webhook of this workspace' }] },
  );
}

/** An address that cannot be opened any more is nobody's. */
function opened(workspaceId: string, id: string, sealed: Buffer): string | undefined {
  try {
    return new URL(unseal('message-target', sealed, sealedForTarget(workspaceId, id))).href;
  } catch {
    return undefined;
  }
}
