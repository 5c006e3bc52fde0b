'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { apiOf } from '@/lib/client/api';
import { describeError } from '@/lib/client/api-error';
import { usePermission, useWorkspace } from '@/lib/client/session';
import type { QueueRule, QueueSettings, QueueSettingsAnswer, Risk } from '@/lib/contracts';
import { RISK_NAMES, RISK_WORDS } from '@/components/ui/risk-words';
import { rich, t } from '@/lib/client/language';

const PATH = '/api/v1/queue-settings';
const RISKS: readonly Risk[] = ['critical', 'high', 'medium', 'low'];
const LONGEST_MINUTES = 10_080;

/** How long a claim lasts, and when calls that nobody decides are told of. Admins change it. */
export function QueuePanel() {
  const workspace = useWorkspace();
  const query = useQuery({
    queryKey: [workspace, 'workspace', 'queue-settings'],
    queryFn: ({ signal }) => apiOf(workspace).get<QueueSettingsAnswer>(PATH, { signal }),
  });
  return (
    <Panel title={t('Queue of approvals')}>
      <QueryView query={query} what={t('The settings of the queue could not be loaded.')}>
        {(settings) => <SettingsForm key={settings.changedAt} settings={settings} />}
      </QueryView>
    </Panel>
  );
}

function SettingsForm({ settings }: { settings: QueueSettingsAnswer }) {
  const may = usePermission('workspace.manage');
  const [claim, setClaim] = useState(String(settings.claimMinutes));
  const [rules, setRules] = useState(settings.rules);
  const [reason, setReason] = useState('');
  const save = useSave();
  const claimMinutes = Number(claim);
  const whole = Number.isInteger(claimMinutes) && claimMinutes >= 1 && claimMinutes <= 240;
  return (
    <form
      className="flex max-w-2xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole && reason.trim() !== '') save.mutate({ claimMinutes, rules, reason });
      }}
    >
      <Field
        label={t('A claim lapses after minutes')}
        help={t('Without a sign of its holder. While they work on the call it is renewed.')}
        error={whole ? undefined : t('A whole number from 1 to 240.')}
        className="max-w-60"
      >
        <Input
          type="number"
          min={1}
          max={240}
          value={claim}
          disabled={!may}
          onChange={(event) => setClaim(event.target.value)}
        />
      </Field>
      <RuleTable rules={rules} disabled={!may} onChange={setRules} />
      <LastChange settings={settings} />
      {save.error === null ? null : (
        <InlineStatus tone="error">{describeError(save.error).detail}</InlineStatus>
      )}
      {may ? (
        <ReasonAndSave
          reason={reason}
          pending={save.isPending}
          ready={whole && reason.trim() !== ''}
          onChange={setReason}
        />
      ) : null}
    </form>
  );
}

function ReasonAndSave(props: {
  reason: string;
  pending: boolean;
  ready: boolean;
  onChange: (reason: string) => void;
}) {
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t('Reason for the change')} className="min-w-60 flex-1">
        <Input
          value={props.reason}
          maxLength={2_000}
          onChange={(event) => props.onChange(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" pending={props.pending} disabled={!props.ready}>
        {t('Save')}
      </Button>
    </div>
  );
}

function useSave() {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: QueueSettings & { reason: string }) =>
      apiOf(workspace).put<QueueSettingsAnswer>(PATH, input),
    onSuccess: (changed) =>
      client.setQueryData([workspace, 'workspace', 'queue-settings'], changed),
  });
}

function LastChange({ settings: { changedAt, changedByName } }: { settings: QueueSettingsAnswer }) {
  if (changedAt === null)
    return <p className="text-dense text-ink-2">{t('These are the defaults.')}</p>;
  return (
    <p className="text-dense text-ink-2">
      {rich('Changed by {person} {time}.', {
        person: changedByName,
        time: <RelativeTime at={changedAt} />,
      })}
    </p>
  );
}

const COLUMNS: readonly { readonly name: keyof QueueRule; readonly label: string }[] = [
  {
    name: 'remindAfterMinutes',
    get label() {
      return t('Remind after minutes');
    },
  },
  {
    name: 'escalateAfterMinutes',
    get label() {
      return t('Escalate after minutes');
    },
  },
];

interface RuleTableProps {
  rules: QueueSettings['rules'];
  disabled: boolean;
  onChange: (rules: QueueSettings['rules']) => void;
}

function RuleTable(props: RuleTableProps) {
  return (
    <table className="w-full text-dense">
      <caption className="pb-2 text-left text-ink-2">
        {t(
          'Counted from the request, whoever has claimed the call or asked about it. An empty field means never.',
        )}
      </caption>
      <thead>
        <tr className="text-left text-ink-2">
          <th scope="col" className="py-1 pr-3 font-medium">
            {t('Risk')}
          </th>
          {COLUMNS.map(({ name, label }) => (
            <th key={name} scope="col" className="py-1 pr-3 font-medium">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {RISKS.map((risk) => (
          <RuleRow key={risk} risk={risk} {...props} />
        ))}
      </tbody>
    </table>
  );
}

function RuleRow({ risk, rules, disabled, onChange }: RuleTableProps & { risk: Risk }) {
  return (
    <tr>
      <th scope="row" className="py-1 pr-3 text-left font-normal">
        {RISK_NAMES[risk]}
      </th>
      {COLUMNS.map(({ name, label }) => (
        <td key={name} className="py-1 pr-3">
          <Input
            type="number"
            min={1}
            max={LONGEST_MINUTES}
            aria-label={t('{label}, {risk}', { label, risk: RISK_WORDS[risk] })}
            value={rules[risk][name] ?? ''}
            disabled={disabled}
            onChange={({ target }) =>
              onChange({ ...rules, [risk]: { ...rules[risk], [name]: minutesOf(target) } })
            }
          />
        </td>
      ))}
    </tr>
  );
}

const minutesOf = ({ value }: { value: string }): number | null =>
  value === '' ? null : Math.min(LONGEST_MINUTES, Math.max(1, Math.round(Number(value))));
