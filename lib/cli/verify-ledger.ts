import type { LedgerVerification } from '@/lib/contracts';
import { verifyLedgerOf } from '@/lib/services/ledger/verify';
import {
  replayScores,
  type ScoreCheck,
  type ScoreDifference,
} from '@/lib/services/ledger/replay-scores';
import { withDatabase } from './database';
import { findWorkspaces } from './workspaces';

interface Several<Found> {
  readonly differences?: readonly Found[] | undefined;
  readonly moreDifferences?: number | undefined;
}

/** `belay verify`: checks every entry of every ledger; exit code 1 when one is broken. */
export async function verifyCommand(options: { workspace?: string }): Promise<void> {
  await withDatabase(async () => {
    const workspaces = await findWorkspaces(options.workspace);
    let limits: readonly string[] = [];
    for (const workspace of workspaces) {
      const result = await verifyLedgerOf(workspace.id);
      const say = (sentence: string) => console.log(`${workspace.slug}: ${sentence}`);
      [sentenceOf(result), ...othersOf(result, ({ seq, what }) => `${seq}: ${what}`)].forEach(say);
      const scores = result.ok ? await replayScores(workspace.id) : undefined;
      if (scores !== undefined)
        [scoreSentence(scores), ...othersOf(scores, scoreDifference)].forEach(say);
      if (!result.ok || (scores?.firstDifference ?? null) !== null) process.exitCode = 1;
      limits = result.limits;
    }
    console.log(['', 'What this cannot find:', ...limits.map((limit) => `- ${limit}`)].join('\n'));
  });
}

/** What replaying the evidence gave. */
function scoreSentence({ checked, unknown, firstDifference }: ScoreCheck): string {
  if (firstDifference !== null) return `SCORES DIFFER at entry ${scoreDifference(firstDifference)}`;
  const passed =
    unknown === 0 ? '' : `; ${unknown} of agents registered elsewhere were passed over`;
  return `${checked} scores computed again from the ledger, all the same to the last bit${passed}`;
}

const scoreDifference = ({ seq, recorded, recomputed }: ScoreDifference): string =>
  `${seq}: recorded ${recorded}, computed again ${recomputed}`;

/** The differences after the first, a line each, and how many there are beside those. */
function othersOf<Found>(
  { differences = [], moreDifferences = 0 }: Several<Found>,
  words: (found: Found) => string,
): string[] {
  const lines = differences.slice(1).map((found) => `also at entry ${words(found)}`);
  if (moreDifferences === 0) return lines;
  return [...lines, `and ${moreDifferences} more after these ${differences.length}`];
}

/** One ledger's result in a sentence. */
function sentenceOf({ ok, checked, head, firstError }: LedgerVerification): string {
  if (ok) return `whole, ${checked} entries, head ${head.seq} ${head.hash}`;
  const where = firstError === null ? '' : ` at entry ${firstError.seq}: ${firstError.what}`;
  return `BROKEN${where}; ${checked} entries before it are whole`;
}
