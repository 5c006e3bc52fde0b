'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { Field, Input, Select } from '@/components/ui/field';
import { NoMatch } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import { entitiesFound, pageOf, typesOf, uidText, type AccessEntity } from './entities';

const PAGE_SIZE = 50;

const COLUMNS: readonly Column<AccessEntity>[] = [
  {
    id: 'uid',
    get header() {
      return t('Entity');
    },
    cell: ({ uid }) => <UntrustedText text={uidText(uid)} mono />,
  },
  {
    id: 'parents',
    get header() {
      return t('Member of');
    },
    cell: ({ parents }) =>
      parents.length === 0 ? (
        <span className="text-ink-2">{t('none')}</span>
      ) : (
        <UntrustedText text={parents.map(uidText).join(', ')} mono />
      ),
  },
  {
    id: 'attrs',
    get header() {
      return t('Attributes');
    },
    hideBelow: 'md',
    cell: ({ attrs }) =>
      Object.keys(attrs).length === 0 ? (
        <span className="text-ink-2">{t('none')}</span>
      ) : (
        <UntrustedText text={JSON.stringify(attrs)} mono />
      ),
  },
];

/** The entities of an access model: by type, by words, page by page. */
export function EntityTable({ entities }: { entities: readonly AccessEntity[] }) {
  const [{ type, wanted, page }, setView] = useState({ type: '', wanted: '', page: 0 });
  const found = entitiesFound(entities, type, wanted);
  const { shown, page: at, pages } = pageOf(found, page, PAGE_SIZE);
  const clear = () => setView({ type: '', wanted: '', page: 0 });
  return (
    <div className="flex flex-col gap-2">
      <div role="search" className="flex flex-wrap items-end gap-2">
        <Field label={t('Type')} className="w-48 max-sm:w-full">
          <Select
            value={type}
            onChange={({ target }) => setView({ type: target.value, wanted, page: 0 })}
          >
            <option value="">{t('all types ({count})', { count: entities.length })}</option>
            {typesOf(entities).map((one) => (
              <option key={one.type} value={one.type}>
                {t('{type} ({count})', one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('Find an entity')} className="w-72 max-sm:w-full">
          <Input
            type="search"
            value={wanted}
            placeholder={t('Id, group or attribute')}
            onChange={({ target }) => setView({ type, wanted: target.value, page: 0 })}
          />
        </Field>
      </div>
      {found.length === 0 ? (
        <NoMatch filters={[type, wanted].filter(Boolean)} onClear={clear} />
      ) : (
        <>
          <div className="overflow-hidden rounded-md border border-line">
            <DataTable
              label={t('Entities')}
              rows={shown}
              rowKey={({ uid }) => uidText(uid)}
              columns={COLUMNS}
            />
          </div>
          <div className="flex flex-wrap items-center gap-2 text-dense text-ink-2">
            <p role="status">
              {t('{from} to {to} of {total} entities', {
                from: at * PAGE_SIZE + 1,
                to: at * PAGE_SIZE + shown.length,
                total: found.length,
              })}
            </p>
            {pages > 1 ? (
              <Pages page={at} pages={pages} onPage={(next) => setView({ type, wanted, page: next })} />
            ) : null}
          </div>
        </>
      )}
    </div>
  );
}

function Pages({
  page,
  pages,
  onPage,
}: {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}) {
  // Kept in the order of keys at both ends: a button that cannot go on keeps its place and its focus.
  return (
    <span className="ml-auto flex gap-2">
      <Button
        size="sm"
        className="max-md:h-11"
        aria-disabled={page === 0}
        onClick={() => (page === 0 ? undefined : onPage(page - 1))}
      >
        {t('Previous page')}
      </Button>
      <Button
        size="sm"
        className="max-md:h-11"
        aria-disabled={page === pages - 1}
        onClick={() => (page === pages - 1 ? undefined : onPage(page + 1))}
      >
        {t('Next page')}
      </Button>
    </span>
  );
}
