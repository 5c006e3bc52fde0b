import { Pencil } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { TextView } from '@/components/ui/code-view';
import { Field, Select } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import type { PolicyVersion } from '@/lib/contracts';
import { usePermission, useSession } from '@/lib/client/session';
import { PolicyRules } from './policy-rules';
import { StoredTests } from './test-list';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { rich, t, texts } from '@/lib/client/language';

const STATES: Readonly<Record<PolicyVersion['state'], string>> = texts({
  in_force: 'in force',
  proposed: 'proposed',
  outdated: 'proposed, overtaken by another version',
  withdrawn: 'withdrawn',
  superseded: 'no longer in force',
});

function Story({ version }: { version: PolicyVersion }) {
  const { approvedBy, approvedAt, withdrawal } = version;
  return (
    <p className="text-ink-2 wrap-anywhere">
      {version.reason}{' '}
      {rich('By {person}, {time}.', {
        person: version.createdBy,
        time: <RelativeTime at={version.createdAt} focusable />,
      })}{' '}
      {approvedBy !== null && approvedAt !== null
        ? rich('Approved by {person}, {time}.', {
            person: approvedBy,
            time: <RelativeTime at={approvedAt} focusable />,
          })
        : null}
      {withdrawal === null
        ? null
        : rich('Withdrawn by {person}, {time}: {reason}', {
            person: withdrawal.by,
            time: <RelativeTime at={withdrawal.at} focusable />,
            reason: withdrawal.reason,
          })}
    </p>
  );
}

function EditAction({ version, onEdit }: { version: PolicyVersion; onEdit: () => void }) {
  const { role } = useSession();
  const mayEdit = usePermission('policies.edit');
  if (!version.current) return null;
  if (!mayEdit)
    return (
      <span className="text-dense text-ink-2">
        {t('The role {role} may look; managers and admins may change it.', {
          role: ROLE_NAMES[role],
        })}
      </span>
    );
  return (
    <Button icon={<Pencil aria-hidden size={14} />} onClick={onEdit}>
      {t('Change the policy')}
    </Button>
  );
}

/** One version: its rules in words, its tests, its exact text. */
export function VersionPanel({
  shown,
  versions,
  onChoose,
  onEdit,
}: {
  shown: PolicyVersion;
  versions: readonly PolicyVersion[];
  onChoose: (version: number) => void;
  onEdit: () => void;
}) {
  const choice = (
    <Field label={t('Version')} hideLabel>
      <Select value={shown.version} onChange={(event) => onChoose(Number(event.target.value))}>
        {versions.map((version) => (
          <option key={version.version} value={version.version}>
            {t('Version {version}, {state}', {
              version: version.version,
              state: STATES[version.state],
            })}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <Panel
      title={t('Version {version}', { version: shown.version })}
      description={<Badge tone={shown.current ? 'accent' : 'neutral'}>{STATES[shown.state]}</Badge>}
      actions={
        <>
          {versions.length > 1 ? choice : null}
          <EditAction version={shown} onEdit={onEdit} />
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Story version={shown} />
        <PolicyRules text={shown.text} />
        <StoredTests tests={shown.tests} />
        <TextView
          key={shown.version}
          label={t('Cedar text of version {version}', { version: shown.version })}
          text={shown.text}
        />
      </div>
    </Panel>
  );
}
