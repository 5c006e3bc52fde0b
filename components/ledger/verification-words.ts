import { numberText } from '@/components/ui/number-text';
import type { LedgerVerification } from '@/lib/contracts';
import { counted, spokenNumber, t } from '@/lib/client/language';

/** The result of a verification as a sentence. */
export function verificationSentence(result: LedgerVerification): string {
  const seconds = spokenNumber(result.tookMs / 1_000, 1);
  if (result.ok)
    return counted(
      result.checked,
      'The chain holds: {count} entry was hashed again ({seconds} s).',
      'The chain holds: {count} entries were hashed again and each continues the one before it ({seconds} s).',
      { seconds },
    );
  const where = result.firstError;
  if (!where) return t('The chain does not hold, and the place could not be found.');
  return t('The chain breaks at entry {seq}: {what}. The {held} entries checked before it hold.', {
    seq: numberText(where.seq),
    what: where.what,
    held: numberText(Math.max(0, result.checked - 1)),
  });
}
