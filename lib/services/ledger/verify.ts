import { performance } from 'node:perf_hooks';
import { requirePermission } from '@/lib/auth';
import type { LedgerVerification } from '@/lib/contracts';
import { createVerifier } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import { readBatches, readHead } from './entries';
import { SharedRuns } from './shared-runs';

/** What checking a database against itself cannot find. */
const LIMITS: readonly string[] = [
  'Somebody who can write the database and knows how entries are made can replace the whole chain. Compare the head with one that was kept elsewhere.',
  'Entries cut off at the end are only noticed when the head that was kept elsewhere is further on.',
  'The check shows that entries are unchanged since they were written, not that what they say was true.',
];

const runs = new SharedRuns<LedgerVerification>();

/** Checks every entry of the caller's ledger: one check of a ledger at a time, and whoever asks meanwhile shares the next. */
export async function verifyLedger({ actor }: ServiceContext): Promise<LedgerVerification> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  return runs.ask(workspaceId, () => verifyLedgerOf(workspaceId));
}

/** The same for the command line, which has the database in hand. */
export async function verifyLedgerOf(workspaceId: string): Promise<LedgerVerification> {
  const started = performance.now();
  const head = await readHead(workspaceId);
  const verifier = createVerifier({ workspaceId });
  for await (const rows of readBatches(workspaceId, head.seq)) {
    for (const row of rows) verifier.add({ ...row, workspaceId, at: row.at.toISOString() });
  }
  const { differences, moreDifferences, ...result } = verifier.finish(head);
  return {
    ok: result.ok,
    checked: result.checked,
    head: { seq: head.seq, hash: head.hash },
    firstError: result.firstError ?? null,
    ...(differences === undefined ? {} : { differences: [...differences], moreDifferences }),
    limits: [...LIMITS],
    tookMs: Math.round(performance.now() - started),
  };
}
