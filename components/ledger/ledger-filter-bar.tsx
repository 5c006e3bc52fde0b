'use client';

import { Search } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { LEDGER_KINDS } from './ledger-kinds';
import type { LedgerFilters } from './use-ledger-filters';
import { t } from '@/lib/client/language';

/** Exact kind, and what an entry is about: a name, or exactly as it is written ("agent:" and its id). */
export function LedgerFilterBar({
  filters,
  onChange,
}: {
  filters: LedgerFilters;
  onChange: (filters: LedgerFilters) => void;
}) {
  const [kind, setKind] = useState(filters.kind);
  const [subject, setSubject] = useState(filters.subject);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ kind: kind.trim(), subject: subject.trim() });
  };
  return (
    <form onSubmit={submit} role="search" className="flex flex-wrap items-end gap-2">
      <Field label={t('Kind')} className="w-56 max-sm:w-[calc(50%-4px)]">
        <Input
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          list="ledger-kinds"
          placeholder={t('any, for example switch.set')}
        />
      </Field>
      <datalist id="ledger-kinds">
        {LEDGER_KINDS.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <Field label={t('About')} className="w-80 max-sm:w-[calc(50%-4px)]">
        <Input
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
          placeholder={t('any: a name, or agent:018f…')}
        />
      </Field>
      <Button type="submit" icon={<Search aria-hidden size={14} />}>
        {t('Filter entries')}
      </Button>
    </form>
  );
}
