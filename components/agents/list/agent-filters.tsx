'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { rungName } from '@/components/trust/layers';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { filterWords, NO_FILTERS, STATUSES, STATUS_WORDS, type ListParams } from './list-params';
import { t } from '@/lib/client/language';

interface AgentFiltersProps {
  params: ListParams;
  onChange: (change: Partial<ListParams>) => void;
  rungs: readonly { rung: number; name: string }[] | undefined;
  tags: readonly string[];
}

const RUNGS = [1, 2, 3, 4, 5];

/** Search and filters; each stands in the URL as soon as it is chosen. */
export function AgentFilters({ params, onChange, rungs, tags }: AgentFiltersProps) {
  const filtered = filterWords(params).length > 0;
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      <SearchBox q={params.q} onChange={(q) => onChange({ q })} />
      <Choice
        label={t('Rung')}
        any={t('Any rung')}
        value={params.rung === null ? '' : String(params.rung)}
        options={RUNGS.map((rung) => [String(rung), `${rung} ${rungName(rung, rungs)}`])}
        onChange={(value) => onChange({ rung: value === '' ? null : Number(value) })}
      />
      <Choice
        label={t('Status')}
        any={t('Any status')}
        value={params.status ?? ''}
        options={STATUSES.map((status) => [status, STATUS_WORDS[status]])}
        onChange={(value) =>
          onChange({ status: STATUSES.find((known) => known === value) ?? null })
        }
      />
      <Choice
        label={t('Tag')}
        any={t('Any tag')}
        value={params.tag ?? ''}
        options={tags.map((tag) => [tag, tag])}
        onChange={(value) => onChange({ tag: value || null })}
      />
      {filtered ? (
        <Button
          variant="quiet"
          icon={<X aria-hidden size={14} />}
          onClick={() => onChange(NO_FILTERS)}
        >
          {t('Clear filters')}
        </Button>
      ) : null}
    </div>
  );
}

function Choice({
  label,
  any,
  value,
  options,
  onChange,
}: {
  label: string;
  /** What stands there while nothing is chosen. */
  any: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hideLabel className="max-sm:flex-1">
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{any}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const TYPING_MS = 250;

function SearchBox({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(q);
  const [shown, setShown] = useState(q);
  const box = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The URL changed otherwise (Back, "Clear filters"): follow it.
  if (shown !== q) {
    setShown(q);
    setText(q);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => focusOnSlash(box), []);
  const type = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(value), TYPING_MS);
  };
  return (
    <Field
      label={t('Search agents by name, owner, purpose or id')}
      hideLabel
      className="w-full sm:w-72"
    >
      <div className="relative">
        <Search
          aria-hidden
          size={14}
          className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
        />
        <Input
          ref={box}
          type="search"
          value={text}
          placeholder={t('Name, owner, purpose or id  ( / )')}
          className="pl-8"
          onChange={(event) => type(event.target.value)}
        />
      </div>
    </Field>
  );
}

function focusOnSlash(box: React.RefObject<HTMLInputElement | null>) {
  const onKey = (event: KeyboardEvent) => {
    const typing =
      event.target instanceof Element &&
      event.target.closest('input,textarea,select,[contenteditable]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.current?.focus();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
