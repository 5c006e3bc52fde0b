import { numberText } from '@/components/ui/number-text';
import type { LedgerVerification } from '@/lib/contracts';

/** The result of a verification as a sentence. */
export function verificationSentence(result: LedgerVerification): string {
  const seconds = (result.tookMs / 1_000).toFixed(1);
  if (result.ok)
    return `The chain holds: ${numberText(result.checked)} entries were hashed again and each continues the one before it (${seconds} s).`;
  const where = result.firstError;
  if (!where) return 'The chain does not hold, and the place could not be found.';
  return `The chain breaks at entry ${numberText(where.seq)}: ${where.what}. The ${numberText(Math.max(0, result.checked - 1))} entries checked before it hold.`;
}
