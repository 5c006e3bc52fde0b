'use client';

import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import type { QueueSort, Risk } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import type { ViewParams } from '../view-params';
import { SavedViews } from './saved-views';

const RISK_LABELS: Readonly<Record<Risk, string>> = {
  get critical() {
    return t('Critical');
  },
  get high() {
    return t('High');
  },
  get medium() {
    return t('Medium');
  },
  get low() {
    return t('Low');
  },
};
const SORT_LABELS: Readonly<Record<QueueSort, string>> = {
  get urgency() {
    return t('Risk, then time left');
  },
  get oldest() {
    return t('Oldest first');
  },
  get newest() {
    return t('Newest first');
  },
};

export interface FilterPanelProps {
  workspace: string;
  view: ViewParams;
  onChange: (patch: Partial<ViewParams>) => void;
}

/** What narrows and orders the queue, and the views kept under a name. All of it stands in the address. */
export function FilterPanel({ workspace, view, onChange }: FilterPanelProps) {
  return (
    <div
      role="group"
      aria-label={t('Filter and sort')}
      className="flex w-full flex-col gap-2 pt-1 pb-1"
    >
      <div className="flex flex-wrap items-end gap-2 *:min-w-32 *:flex-1">
        <Field label={t('Risk')}>
          <Select
            value={view.risk ?? ''}
            onChange={(event) => onChange({ risk: chosen(RISK_LABELS, event.target.value) })}
          >
            <option value="">{t('Every risk')}</option>
            {optionsOf(RISK_LABELS)}
          </Select>
        </Field>
        <Field label={t('Tool')}>
          <Input
            key={view.tool}
            defaultValue={view.tool ?? ''}
            maxLength={200}
            placeholder={t('Its whole name')}
            onBlur={(event) => onChange({ tool: event.target.value.trim() || null })}
            onKeyDown={(event) => {
              if (event.key === 'Enter')
                onChange({ tool: event.currentTarget.value.trim() || null });
            }}
          />
        </Field>
        <Field label={t('Order')}>
          <Select
            value={view.sort ?? ''}
            onChange={(event) => onChange({ sort: chosen(SORT_LABELS, event.target.value) })}
          >
            <option value="">{t('Default order')}</option>
            {optionsOf(SORT_LABELS)}
          </Select>
        </Field>
      </div>
      <SavedViews workspace={workspace} view={view} onChange={onChange} />
      <ClearAll onChange={onChange} />
    </div>
  );
}

function ClearAll({ onChange }: Pick<FilterPanelProps, 'onChange'>) {
  return (
    <Button
      size="sm"
      variant="quiet"
      className="self-start max-md:h-11"
      onClick={() => onChange({ q: '', agent: null, tool: null, risk: null, sort: null })}
    >
      {t('Clear all')}
    </Button>
  );
}

const chosen = <Word extends string>(
  labels: Readonly<Record<Word, string>>,
  value: string,
): Word | null => (Object.keys(labels) as Word[]).find((word) => word === value) ?? null;

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
