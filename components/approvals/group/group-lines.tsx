'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import { placeName, valueText } from '@/components/trust/grants/grant-words';
import type { GroupTable } from './group-table';

/** Lines shown before somebody asks for all. */
const SAMPLE = 12;

/** One line a call with the values in which they differ; an unticked one is left out. */
export function GroupLines({
  table,
  left,
  onToggle,
}: {
  table: GroupTable;
  left: ReadonlySet<string>;
  onToggle: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  const lines = all ? table.lines : table.lines.slice(0, SAMPLE);
  const hidden = table.lines.length - lines.length;
  return (
    <section aria-label={t('What differs')}>
      <h3 className="mb-1 text-dense font-semibold">{t('What differs')}</h3>
      <div className="overflow-x-auto rounded-md border border-line" data-scrolls tabIndex={0}>
        <table className="w-full text-dense">
          <Head columns={table.columns} />
          <tbody>
            {lines.map(({ approval, values }, index) => (
              <Line
                key={approval.id}
                number={index + 1}
                values={values}
                columns={table.columns}
                included={!left.has(approval.id)}
                onToggle={() => onToggle(approval.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 ? (
        <p className="mt-2 flex flex-wrap items-center gap-3 text-dense">
          <span className="font-medium text-sev-2">
            {t('{hidden} more are not shown yet.', { hidden })}
          </span>
          <Button size="sm" className="max-md:h-11" onClick={() => setAll(true)}>
            {t('Show all {count}', { count: table.lines.length })}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function Head({ columns }: Pick<GroupTable, 'columns'>) {
  return (
    <thead className="bg-sunken text-left text-xs text-ink-2">
      <tr>
        <th scope="col" className="w-8 px-2.5 py-1">
          <span className="sr-only">{t('Included')}</span>
        </th>
        {columns.map((path) => (
          <th key={path} scope="col" className="px-2.5 py-1 font-medium">
            <UntrustedText text={placeName(path)} mono />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Line({
  number,
  values,
  columns,
  included,
  onToggle,
}: {
  number: number;
  values: GroupTable['lines'][number]['values'];
  columns: GroupTable['columns'];
  included: boolean;
  onToggle: () => void;
}) {
  return (
    <tr className="border-t border-line align-top">
      <td className="px-2.5 py-1">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          aria-label={t('Include line {number}', { number })}
          checked={included}
          onChange={onToggle}
        />
      </td>
      {values.map((value, column) => (
        <td key={columns[column]} className="min-w-24 px-2.5 py-1 wrap-anywhere">
          {value === undefined ? (
            <span className="text-ink-2">{t('none')}</span>
          ) : (
            <UntrustedText text={valueText(value)} mono />
          )}
        </td>
      ))}
    </tr>
  );
}
