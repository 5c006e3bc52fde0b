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

const STATES: Readonly<Record<PolicyVersion['state'], string>> = {
  in_force: 'in force',
  proposed: 'proposed',
  outdated: 'proposed, overtaken by another version',
  withdrawn: 'withdrawn',
  superseded: 'no longer in force',
};

function Story({ version }: { version: PolicyVersion }) {
  return (
    <p className="text-ink-2 wrap-anywhere">
      {version.reason} <span className="whitespace-nowrap">By {version.createdBy},</span>{' '}
      <RelativeTime at={version.createdAt} focusable />
      {version.approvedBy !== null && version.approvedAt !== null ? (
        <>
          , approved by {version.approvedBy} <RelativeTime at={version.approvedAt} focusable />
        </>
      ) : null}
      {version.withdrawal === null ? null : (
        <>
          , withdrawn by {version.withdrawal.by}{' '}
          <RelativeTime at={version.withdrawal.at} focusable />: {version.withdrawal.reason}
        </>
      )}
      .
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
        The role {role} may look; managers and admins may change it.
      </span>
    );
  return (
    <Button icon={<Pencil aria-hidden size={14} />} onClick={onEdit}>
      Change the policy
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
    <Field label="Version" hideLabel>
      <Select value={shown.version} onChange={(event) => onChoose(Number(event.target.value))}>
        {versions.map((version) => (
          <option key={version.version} value={version.version}>
            Version {version.version}, {STATES[version.state]}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <Panel
      title={`Version ${shown.version}`}
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
          label={`Cedar text of version ${shown.version}`}
          text={shown.text}
        />
      </div>
    </Panel>
  );
}
