'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { describeError } from '@/lib/client/api-error';
import { featureKey, reviewingKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import type { Vigilance } from '@/lib/contracts';
import { SETTINGS_PATH, vigilanceOptions } from './queries';
import { draftOf, FIELD_GROUPS, readDraft, type Draft } from './settings-draft';
import { counted, t } from '@/lib/client/language';

/** How reviewing is watched, for managers. */
export function SettingsForm() {
  const query = useQuery(vigilanceOptions(useWorkspace()));
  return (
    <Panel
      title={t('How reviewing is watched')}
      description={t('only managers see and change this')}
    >
      <QueryView query={query} what={t('The settings could not be loaded.')}>
        {(vigilance) => <Form key={vigilance.version} vigilance={vigilance} />}
      </QueryView>
    </Panel>
  );
}

function Form({ vigilance }: { vigilance: Vigilance }) {
  const form = useForm(vigilance);
  const { draft, set, errors, saving } = form;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
      className="flex flex-col gap-5"
    >
      {FIELD_GROUPS.map(({ id, title, fields }) => (
        <fieldset key={id}>
          <legend className="mb-2 text-sm font-semibold">{title}</legend>
          <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
            {fields.map(({ name, label, help }) => (
              <Field key={name} label={label} help={help} error={errors[name]}>
                <Input
                  inputMode="decimal"
                  value={draft[name]}
                  onChange={(event) => set(name, event.target.value)}
                />
              </Field>
            ))}
          </div>
          {id === 'canaries' ? <Templates vigilance={vigilance} form={form} /> : null}
        </fieldset>
      ))}
      <ReasonField {...form} />
      {saving.error ? (
        <InlineStatus tone="error">
          {t('Nothing was changed.')} {describeError(saving.error).detail}
        </InlineStatus>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={saving.isPending}>
          {t('Save the settings')}
        </Button>
        <p className="text-dense text-ink-2">
          {t('Version {version}, by {person}: {reason}', {
            version: vigilance.version,
            person: vigilance.changedBy,
            reason: vigilance.reason,
          })}
        </p>
      </div>
    </form>
  );
}

function ReasonField({
  reason,
  setReason,
  reasonMissing,
}: Pick<ReturnType<typeof useForm>, 'reason' | 'setReason' | 'reasonMissing'>) {
  return (
    <Field
      label={t('Reason')}
      help={t('Stands in the ledger. The templates do not: reviewers read it.')}
      error={reasonMissing ? t('Say why this changes.') : undefined}
    >
      <Textarea
        rows={2}
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Field>
  );
}

function Templates({
  vigilance,
  form: { draft, set, errors },
}: {
  vigilance: Vigilance;
  form: ReturnType<typeof useForm>;
}) {
  const own = draft.canaryTemplates.trim() !== '';
  return (
    <div className="mt-4">
      {own ? (
        <Field
          label={t('What canaries ask for, as JSON')}
          help={t(
            'Each names tool, risk, resource, arguments, and what a careful reader notices. Nothing of it is ever carried out.',
          )}
          error={errors.canaryTemplates}
        >
          <Textarea
            rows={12}
            className="font-mono text-[12.5px]"
            spellCheck={false}
            value={draft.canaryTemplates}
            onChange={(event) => set('canaryTemplates', event.target.value)}
          />
        </Field>
      ) : (
        <p className="text-dense text-ink-2">
          {counted(
            vigilance.defaultTemplates.length,
            'They ask for what the {count} made-up call that comes with Belay asks for.',
            'They ask for what the {count} made-up calls that come with Belay ask for.',
          )}
        </p>
      )}
      <Button
        size="sm"
        className="mt-2"
        onClick={() =>
          set('canaryTemplates', own ? '' : JSON.stringify(vigilance.defaultTemplates, null, 2))
        }
      >
        {own ? t('Use the set that comes with Belay') : t('Write your own')}
      </Button>
    </div>
  );
}

function useForm(vigilance: Vigilance) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(vigilance.settings));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const read = readDraft(draft);
  const saving = useMutation({
    mutationFn: (settings: unknown) =>
      api.post<Vigilance>(SETTINGS_PATH, {
        settings,
        reason: reason.trim(),
        basedOn: vigilance.version,
      }),
    onSuccess: (saved) => client.setQueryData(reviewingKeys.settings(workspace), saved),
    onSettled: () => client.invalidateQueries({ queryKey: featureKey(workspace, 'reviewing') }),
  });
  return {
    draft,
    set: (name: keyof Draft, value: string) => setDraft({ ...draft, [name]: value }),
    errors: tried && 'errors' in read ? read.errors : {},
    reason,
    setReason,
    reasonMissing: tried && reason.trim() === '',
    saving,
    submit: () => {
      setTried(true);
      if ('settings' in read && reason.trim() !== '' && !saving.isPending)
        saving.mutate(read.settings);
    },
  };
}
