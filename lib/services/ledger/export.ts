import { requirePermission } from '@/lib/auth';
import type { ServiceContext } from '@/lib/services/context';
import { readBatches, readHead, serializeEntry } from './entries';

/**
 * The whole ledger as lines of JSON, oldest first, up to the head at the time of the call. `belay verify` reads it.
 *
 * @throws DomainError `forbidden`
 */
export async function exportLedger({ actor }: ServiceContext): Promise<AsyncGenerator<string>> {
  requirePermission(actor, 'ledger.export');
  const head = await readHead(actor.workspaceId);
  return lines(actor.workspaceId, head.seq);
}

async function* lines(workspaceId: string, until: number): AsyncGenerator<string> {
  for await (const rows of readBatches(workspaceId, until))
    yield rows.map((row) => `${JSON.stringify(serializeEntry(row))}\n`).join('');
}
