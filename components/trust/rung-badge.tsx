import { Pin } from 'lucide-react';
import { RungBadge as PlainRungBadge } from '@/components/ui/badge';
import { exactText } from '@/components/ui/time-text';
import type { Agent } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { rungName } from './layers';

interface RungBadgeProps {
  rung: number;
  /** The ladder in force, for its names. */
  rungs?: readonly { rung: number; name: string }[];
  named?: boolean;
  /** A manager has pinned the rung: shown wherever the rung is shown. */
  override?: Agent['override'];
}

/** The rung that counts as a number with its name, and a pin when a person set it instead of the evidence. */
export function RungBadge({ rung, rungs, named, override }: RungBadgeProps) {
  const pin = override
    ? t(
        'Pinned to rung {rung} by {person} until {until}; it has earned rung {earned}. Why: {reason}',
        {
          rung: override.rung,
          person: override.createdBy,
          until: exactText(Date.parse(override.until)),
          earned: override.earnedRung,
          reason: override.reason,
        },
      )
    : undefined;
  return (
    <span className="inline-flex items-center gap-1">
      <PlainRungBadge rung={rung} name={rungName(rung, rungs)} named={named} />
      {pin ? (
        <span data-hint={pin} className="inline-flex">
          <Pin aria-hidden size={12} className="text-ink-2" />
          <span className="sr-only">{pin}</span>
        </span>
      ) : null}
    </span>
  );
}
