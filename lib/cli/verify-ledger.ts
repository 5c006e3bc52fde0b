import type { LedgerVerification } from '@/lib/contracts';
import { verifyLedgerOf } from '@/lib/services/ledger/verify';
import { replayScores, type ScoreCheck } from '@/lib/services/ledger/replay-scores';
import { withDatabase } from './database';
import { readerMayLeave } from './reader-may-leave';
import { findWorkspaces } from './workspaces';

/** `belay verify`: checks every entry of every ledger; exit code 1 when one is broken. */
export async function verifyCommand(options: { workspace?: string }): Promise<void> {
  readerMayLeave();
  await withDatabase(async () => {
    const workspaces = await findWorkspaces(options.workspace);
    let limits: readonly string[] = [];
    for (const workspace of workspaces) {
      const result = await verifyLedgerOf(workspace.id);
      console.log(`${workspace.slug}: ${sentenceOf(result)}`);
      const scores = result.ok ? await replayScores(workspace.id) : undefined;
      if (scores !== undefined) console.log(`${workspace.slug}: ${scoreSentence(scores)}`);
      if (!result.ok || (scores?.firstDifference ?? null) !== null) process.exitCode = 1;
      limits = result.limits;
    }
    console.log(['', 'What this cannot find:', ...limits.map((limit) => `- ${limit}`)].join('\n'));
  });
}

/** What replaying the evidence gave. */
function scoreSentence({ checked, unknown, firstDifference }: ScoreCheck): string {
  if (firstDifference !== null) {
    const { seq, recorded, recomputed } = firstDifference;
    return `SCORES DIFFER at entry ${seq}: recorded ${recorded}, computed again ${recomputed}`;
  }
  const passed =
    unknown === 0 ? '' : `; ${unknown} of agents registered elsewhere were passed over`;
  return `${checked} scores computed again from the ledger, all the same to the last bit${passed}`;
}

/** One ledger's result in a sentence. */
function sentenceOf({ ok, checked, head, firstError }: LedgerVerification): string {
  if (ok) return `whole, ${checked} entries, head ${head.seq} ${head.hash}`;
  const where = firstError === null ? '' : ` at entry ${firstError.seq}: ${firstError.what}`;
  return `BROKEN${where}; ${checked} entries before it are whole`;
}
