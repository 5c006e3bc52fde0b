'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { describeError } from '@/lib/client/api-error';
import { featureKey } from '@/lib/client/query-keys';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import type { Risk, VerdictRules, VerdictSettings } from '@/lib/contracts';
import { Fact, Facts, Named } from './outside-facts';
import { verdictSettingsQuery } from './verdicts-query';
import { t, texts } from '@/lib/client/language';

const RISKS: readonly { readonly risk: Risk; readonly label: string }[] = [
  {
    risk: 'critical',
    get label() {
      return t('Critical risk');
    },
  },
  {
    risk: 'high',
    get label() {
      return t('High risk');
    },
  },
  {
    risk: 'medium',
    get label() {
      return t('Medium risk');
    },
  },
  {
    risk: 'low',
    get label() {
      return t('Low risk');
    },
  },
];
const PEOPLE: Readonly<Record<number, string>> = texts({ 1: 'one person', 2: 'two people' });

/** How many people approve, for how long a verdict can be taken back, and how far a grant may reach. */
export function VerdictsPanel() {
  const query = useQuery(verdictSettingsQuery(useWorkspace()));
  const mayChange = usePermission('workspace.manage');
  return (
    <Panel title={t('Verdicts')} description={t('who has to approve, and what can be taken back')}>
      <QueryView query={query} what={t('The settings could not be loaded.')}>
        {(settings) =>
          mayChange ? (
            <Editor key={settings.version} settings={settings} />
          ) : (
            <Reading settings={settings} />
          )
        }
      </QueryView>
    </Panel>
  );
}

function Reading({ settings }: { settings: VerdictSettings }) {
  const { approvalsNeeded, undoSeconds, grantMostUses, grantMostMinutes } = settings;
  return (
    <Facts>
      {RISKS.map(({ risk, label }) => (
        <Fact key={risk} name={label}>
          {PEOPLE[approvalsNeeded[risk]]}
        </Fact>
      ))}
      <Fact name={t('Undo')}>{undoSeconds === 0 ? t('off') : t('{n} s', { n: undoSeconds })}</Fact>
      <Fact name={t('Grants')}>
        {grantMostUses === 0 || grantMostMinutes === 0
          ? t('off')
          : t('at most {uses} uses and {minutes} min', {
              uses: grantMostUses,
              minutes: grantMostMinutes,
            })}
      </Fact>
      <Fact name={t('Version {version}', { version: settings.version })}>
        <Named by={settings.createdBy} at={settings.createdAt} reason={settings.reason} />
      </Fact>
    </Facts>
  );
}

function Editor({ settings }: { settings: VerdictSettings }) {
  const [rules, setRules] = useState<VerdictRules>(settings);
  const [reason, setReason] = useState('');
  const saving = useSave(settings.version, () => setReason(''));
  const lonely =
    settings.reviewers < 2 && RISKS.some(({ risk }) => rules.approvalsNeeded[risk] > 1);
  const change = (patch: Partial<VerdictRules>) => setRules((before) => ({ ...before, ...patch }));
  return (
    <form
      className="flex max-w-[44rem] flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ ...rulesOf(rules), reason });
      }}
    >
      <PeopleNeeded rules={rules} change={change} />
      {lonely ? (
        <InlineStatus tone="warning">
          {t('Fewer than two people can decide here. Calls that need two would only expire.')}
        </InlineStatus>
      ) : null}
      <Limits rules={rules} change={change} />
      <Field label={t('Reason')} help={t('It stands in the ledger with the change.')}>
        <Input
          required
          maxLength={2_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      {saving.error ? (
        <InlineStatus tone="error">{describeError(saving.error).detail}</InlineStatus>
      ) : null}
      <div>
        <Button type="submit" variant="primary" pending={saving.isPending}>
          {t('Save')}
        </Button>
      </div>
      <p className="text-dense text-ink-2">
        {t('Version {version}', { version: settings.version })}:{' '}
        <Named by={settings.createdBy} at={settings.createdAt} reason={settings.reason} />
      </p>
    </form>
  );
}

interface PartProps {
  rules: VerdictRules;
  change: (patch: Partial<VerdictRules>) => void;
}

function PeopleNeeded({ rules, change }: PartProps) {
  return (
    <fieldset className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <legend className="mb-1.5 text-dense font-medium">{t('Who has to approve')}</legend>
      {RISKS.map(({ risk, label }) => (
        <Field key={risk} label={label}>
          <Select
            value={rules.approvalsNeeded[risk]}
            onChange={({ target }) =>
              change({
                approvalsNeeded: { ...rules.approvalsNeeded, [risk]: Number(target.value) },
              })
            }
          >
            <option value={1}>{PEOPLE[1]}</option>
            <option value={2}>{PEOPLE[2]}</option>
          </Select>
        </Field>
      ))}
    </fieldset>
  );
}

function Limits({ rules, change }: PartProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <NumberField
        label={t('Undo, in seconds')}
        help={t('0 to 60; 0 switches it off')}
        value={rules.undoSeconds}
        max={60}
        onChange={(undoSeconds) => change({ undoSeconds })}
      />
      <NumberField
        label={t('Most uses of a grant')}
        help={t('0 to 1,000; 0 switches grants off')}
        value={rules.grantMostUses}
        max={1_000}
        onChange={(grantMostUses) => change({ grantMostUses })}
      />
      <NumberField
        label={t('Longest grant, in minutes')}
        help={t('0 to 1,440; 0 switches grants off')}
        value={rules.grantMostMinutes}
        max={1_440}
        onChange={(grantMostMinutes) => change({ grantMostMinutes })}
      />
    </div>
  );
}

function NumberField({
  label,
  help,
  value,
  max,
  onChange,
}: {
  label: string;
  help: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label} help={help}>
      <Input
        type="number"
        required
        min={0}
        max={max}
        step={1}
        value={value}
        onChange={({ target }) => onChange(target.valueAsNumber || 0)}
      />
    </Field>
  );
}

const rulesOf = ({
  undoSeconds,
  approvalsNeeded,
  grantMostUses,
  grantMostMinutes,
}: VerdictRules): VerdictRules => ({
  undoSeconds,
  approvalsNeeded,
  grantMostUses,
  grantMostMinutes,
});

function useSave(basedOn: number, onSaved: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: VerdictRules & { reason: string }) =>
      api.post<VerdictSettings>('/api/v1/verdict-settings', { ...input, basedOn }),
    onSuccess: onSaved,
    onSettled: () => client.invalidateQueries({ queryKey: featureKey(workspace, 'workspace') }),
  });
}
