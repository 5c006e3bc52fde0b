import { MAX_NAMED_REJECTIONS, type TakenAnswer } from '@/lib/contracts';
import type { Taken } from '@/lib/services/intake/take';

/** What is said of a delivery: how much of it was taken, and of the first that were not, why. */
export const takenAnswer = ({
  accepted,
  duplicates,
  ignored,
  rejected,
}: Taken & { readonly ignored: number }): TakenAnswer => ({
  accepted,
  duplicates,
  ignored,
  rejected: rejected.length,
  errors: rejected
    .slice(0, MAX_NAMED_REJECTIONS)
    .map(({ id, why }) => ({ path: id, message: why })),
});
