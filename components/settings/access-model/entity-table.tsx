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
        <span className="text-ink-2">{t('no group')}</span>
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
        <span className="text-ink-2">{t('no attributes')}</span>
      ) : (
        <UntrustedText text={JSON.stringify(attrs)} mono />
      ),
  },
];

interface View {
  readonly type: string;
  readonly wanted: string;
  readonly page: number;
}

const EVERYTHING: View = { type: '', wanted: '', page: 0 };

/** The entities of an access model: by type, by words, page by page. */
export function EntityTable({ entities }: { entities: readonly AccessEntity[] }) {
  const [view, setView] = useState(EVERYTHING);
  const found = entitiesFound(entities, view.type, view.wanted);
  const { shown, page, pages } = pageOf(found, view.page, PAGE_SIZE);
  return (
    <div className="flex flex-col gap-2">
      <Filter entities={entities} view={view} onView={setView} />
      {found.length === 0 ? (
        <NoMatch
          filters={[view.type, view.wanted].filter(Boolean)}
          onClear={() => setView(EVERYTHING)}
        />
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
                from: page * PAGE_SIZE + 1,
                to: page * PAGE_SIZE + shown.length,
                total: found.length,
              })}
            </p>
            {pages > 1 ? (
              <Pages
                page={page}
                pages={pages}
                onPage={(next) => setView({ ...view, page: next })}
              />
            ) : null}
          </div>
        </>
      )}
    </div>
  );
}

function Filter({
  entities,
  view,
  onView,
}: {
  entities: readonly AccessEntity[];
  view: View;
  onView: (view: View) => void;
}) {
  return (
    <div role="search" className="flex flex-wrap items-end gap-2">
      <Field label={t('Type')} className="w-48 max-sm:w-full">
        <Select
          value={view.type}
          onChange={({ target }) => onView({ ...view, type: target.value, page: 0 })}
        >
          <option value="">{t('all types ({count})', { count: entities.length })}</option>
          {typesOf(entities).map((one) => (
            <option key={one.type} value={one.type}>
              {t('{type} ({count})', { type: one.type, count: one.count })}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('Find an entity')} className="w-72 max-sm:w-full">
        <Input
          type="search"
          value={view.wanted}
          placeholder={t('Id, group or attribute')}
          onChange={({ target }) => onView({ ...view, wanted: target.value, page: 0 })}
        />
      </Field>
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
