/** A response in words. Pure. */
import type { ResponseRow } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** What follows, and for how long; an incident of severity 1 suspends whatever else follows. */
export function responseText({
  restriction,
  holds,
  severity,
}: Pick<ResponseRow, 'restriction' | 'holds' | 'severity'>): { what: string; holds: string } {
  if (restriction !== null)
    return { what: `${restriction.name}: ${lowerFirst(restriction.stops)}`, holds: holds ?? '' };
  if (severity === 1)
    return {
      what: t('Suspension: only harmless reads go on.'),
      holds: t('Until the root cause is written down.'),
    };
  return { what: t('Somebody looks at the incident.'), holds: '' };
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
