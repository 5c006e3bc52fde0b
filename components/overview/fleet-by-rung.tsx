'use client';

import { Link } from '@/components/ui/link';
import { cx } from '@/components/ui/class-names';
import { rungName } from '@/components/trust/layers';
import { Panel } from '@/components/ui/panel';
import { useWorkspace } from '@/lib/client/session';
import { counted, t } from '@/lib/client/language';

const RUNGS = [1, 2, 3, 4, 5] as const;
const FILLS = ['bg-rung-1', 'bg-rung-2', 'bg-rung-3', 'bg-rung-4', 'bg-rung-5'] as const;
/** Height of the tallest column and of an empty one, px. */
const TALLEST = 96;
const EMPTY = 3;

function RungColumn({
  rung,
  count,
  most,
}: {
  rung: (typeof RUNGS)[number];
  count: number;
  most: number;
}) {
  const workspace = useWorkspace();
  const name = rungName(rung);
  return (
    <Link
      href={`/${workspace}/agents?rung=${rung}`}
      aria-label={counted(
        count,
        '{count} agent on rung {rung}, {name}',
        '{count} agents on rung {rung}, {name}',
        { rung, name },
      )}
      className="group flex min-w-0 flex-col justify-end rounded-md p-1.5 hover:bg-hover"
    >
      <span className={cx('pb-1 text-lg font-semibold', count === 0 && 'text-ink-3')}>{count}</span>
      <span
        aria-hidden
        className={cx('block w-full rounded-t-sm', FILLS[rung - 1])}
        style={{ height: count === 0 ? EMPTY : Math.max(8, (count / most) * TALLEST) }}
      />
      <span className="border-t border-line pt-1.5 text-dense leading-4 sm:min-h-10">
        <span className="font-medium">{rung}</span>
        <span className="text-ink-2 max-sm:hidden"> {name}</span>
      </span>
    </Link>
  );
}

/** How many agents stand on each rung; a column opens its agents. */
export function FleetByRung({
  byRung,
  agents,
}: {
  byRung: Record<string, number>;
  agents: number;
}) {
  const counts = RUNGS.map((rung) => byRung[rung] ?? 0);
  const most = Math.max(1, ...counts);
  return (
    <Panel
      title={t('Fleet by rung')}
      description={counted(agents, '{count} agent', '{count} agents')}
      className="h-full"
    >
      <div className="grid min-h-44 grid-cols-5 items-end gap-2">
        {RUNGS.map((rung, index) => (
          <RungColumn key={rung} rung={rung} count={counts[index] ?? 0} most={most} />
        ))}
      </div>
    </Panel>
  );
}
