import type { LedgerVerification } from '@/lib/contracts';
import { verifyLedgerOf } from '@/lib/services/ledger/verify';
import { withDatabase } from './database';
import { findWorkspaces } from './workspaces';

/** `belay verify`: checks every entry of every ledger; exit code 1 when one is broken. */
export async function verifyCommand(options: { workspace?: string }): Promise<void> {
  await withDatabase(async () => {
    const workspaces = await findWorkspaces(options.workspace);
    let limits: readonly string[] = [];
    for (const workspace of workspaces) {
      const result = await verifyLedgerOf(workspace.id);
      console.log(`${workspace.slug}: ${sentenceOf(result)}`);
      if (!result.ok) process.exitCode = 1;
      limits = result.limits;
    }
    console.log(['', 'What this cannot find:', ...limits.map((limit) => `- ${limit}`)].join('\n'));
  });
}

/** One ledger's result in a sentence. */
function sentenceOf({ ok, checked, head, firstError }: LedgerVerification): string {
  if (ok) return `whole, ${checked} entries, head ${head.seq} ${head.hash}`;
  const where = firstError === null ? '' : ` at entry ${firstError.seq}: ${firstError.what}`;
  return `BROKEN${where}; ${checked} entries before it are whole`;
}
