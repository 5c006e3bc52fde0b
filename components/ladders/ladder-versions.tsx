import { Badge } from '@/components/ui/badge';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import type { LadderVersion } from '@/lib/contracts';
import { ladderChanges } from './ladder-words';
import { t } from '@/lib/client/language';

function Row({ version, before }: { version: LadderVersion; before: LadderVersion | undefined }) {
  const changes = before ? ladderChanges(before.ladder, version.ladder) : [t('The first version.')];
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[11rem_1fr_14rem]">
      <p className="flex items-start gap-2 font-medium">
        {t('Version {version}', { version: version.version })}
        {version.current ? <Badge tone="accent">{t('in force')}</Badge> : null}
      </p>
      <div className="min-w-0">
        <p className="wrap-anywhere">{version.reason}</p>
        <ul className="text-dense text-ink-2">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </div>
      <p className="text-dense text-ink-2 sm:text-right">
        {version.createdBy}, <RelativeTime at={version.createdAt} focusable />
      </p>
    </li>
  );
}

/** Every version that was ever in force: what changed, why, by whom, when. */
export function LadderVersions({ versions }: { versions: readonly LadderVersion[] }) {
  const newestFirst = versions.toSorted((one, other) => other.version - one.version);
  return (
    <Panel title={t('Versions')} flush>
      <ul className="divide-y divide-line">
        {newestFirst.map((version, index) => (
          <Row key={version.version} version={version} before={newestFirst[index + 1]} />
        ))}
      </ul>
    </Panel>
  );
}
