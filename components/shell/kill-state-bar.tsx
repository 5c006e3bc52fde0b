'use client';

import { OctagonX, TriangleAlert } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import type { KillSwitch } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';
import { switchWords } from './switch-words';
import { useSwitchesInForce } from './use-shell-data';

const SHOWN = 2;

function One({ item }: { item: KillSwitch }) {
  return (
    <span className="min-w-0">
      <strong className="font-semibold">{switchWords(item)}</strong>{' '}
      <span className="max-sm:hidden">
        {rich('by {person}, {time}', {
          person: item.setBy,
          time: <RelativeTime at={item.setAt} />,
        })}
      </span>
    </span>
  );
}

/** Says on every page what is stopped right now; silent when nothing is. */
export function KillStateBar() {
  const workspace = useWorkspace();
  const { switches, failed } = useSwitchesInForce();
  if (failed)
    return (
      <div
        role="status"
        className="flex items-center gap-2 bg-sev-3-soft px-4 py-1.5 text-dense text-sev-3"
      >
        <TriangleAlert aria-hidden size={16} className="shrink-0" />
        {t('It is not known which kill switches are in force: they could not be loaded.')}
      </div>
    );
  if (switches.length === 0) return null;
  const more = switches.length - SHOWN;
  return (
    <div
      role="status"
      className="flex items-center gap-x-3 border-b border-sev-1/30 bg-sev-1-soft px-4 py-1.5 text-dense text-sev-1"
    >
      <OctagonX aria-hidden size={16} className="shrink-0" />
      <span className="flex min-w-0 flex-wrap gap-x-4">
        {switches.slice(0, SHOWN).map((item) => (
          <One key={item.id} item={item} />
        ))}
        {more > 0 ? <span>{t('and {more} more in force', { more })}</span> : null}
      </span>
      <Link
        href={`/${workspace}/kill-switches`}
        className="ml-auto inline-flex min-h-6 shrink-0 items-center font-medium underline underline-offset-2"
      >
        {t('Show switches')}
      </Link>
    </div>
  );
}
