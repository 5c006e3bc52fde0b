'use client';

import { useId } from 'react';
import { Field, Input, Textarea } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { useSession } from '@/lib/client/session';
import { ImpactSummary } from './impact-summary';
import { ScopeField } from './scope-field';
import {
  MODE_CHOICES,
  SCOPE_CHOICES,
  type DraftErrors,
  type Mode,
  type SwitchDraft,
} from './switch-text';
import { rich, t } from '@/lib/client/language';

interface SwitchFormProps {
  draft: SwitchDraft;
  onChange: (change: Partial<SwitchDraft>) => void;
  errors: DraftErrors;
  /** The scope is given (the agent whose page it is) and cannot be changed here. */
  fixedScope: boolean;
}

/** What, how, why, and what it will do. */
export function SwitchForm({ draft, onChange, errors, fixedScope }: SwitchFormProps) {
  return (
    <div className="flex flex-col gap-4">
      {fixedScope ? null : (
        <>
          <Segmented
            label={t('What to stop')}
            value={draft.type}
            options={SCOPE_CHOICES}
            onChange={(type) => onChange({ type, value: '', confirmation: '' })}
          />
          <ScopeField
            type={draft.type}
            value={draft.value}
            onValue={(value) => onChange({ value })}
            error={errors.value}
          />
        </>
      )}
      <ModeField mode={draft.mode} onMode={(mode) => onChange({ mode })} />
      <Field
        label={t('Reason')}
        error={errors.reason}
        help={t('Stands in the ledger and in the answer to every denied call.')}
      >
        <Textarea
          autoFocus={fixedScope}
          rows={2}
          required
          maxLength={2_000}
          value={draft.reason}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      </Field>
      <ImpactSummary type={draft.type} value={draft.value.trim()} mode={draft.mode} />
      {draft.type === 'workspace' ? (
        <ConfirmField
          value={draft.confirmation}
          onValue={(confirmation) => onChange({ confirmation })}
          error={errors.confirmation}
        />
      ) : null}
    </div>
  );
}

function ConfirmField({
  value,
  onValue,
  error,
}: {
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
}) {
  const { workspace } = useSession();
  return (
    <Field
      label={
        <>
          {rich('Type {name} to confirm', {
            name: <code className="select-all">{workspace.name}</code>,
          })}
        </>
      }
      error={error}
    >
      <Input
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onValue(event.target.value)}
      />
    </Field>
  );
}

function ModeField({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const group = useId();
  return (
    <fieldset>
      <legend className="text-dense font-medium">{t('Mode')}</legend>
      <div className="mt-1 grid gap-2 sm:grid-cols-2">
        {MODE_CHOICES.map((choice) => (
          <label
            key={choice.value}
            className="flex gap-2 rounded-md border border-line-strong/60 p-2.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={group}
              value={choice.value}
              checked={choice.value === mode}
              onChange={() => onMode(choice.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="text-dense">
              <span className="block font-medium">{choice.label}</span>
              <span className="text-ink-2">{choice.effect}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
