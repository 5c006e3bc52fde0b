'use client';

import { memo, useId } from 'react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Approval, Json } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { valueText } from '@/components/trust/grants/grant-words';
import { isOfAction, placeTitle } from './call-facts';
import { DangerList } from './danger-list';
import type { Dangers } from './group-dangers';
import type { GroupTable } from './group-table';
import { isLong, ReadMarks } from './read-marks';

/** More columns than fit side by side: then each line lists its values with their names, as on a phone. */
const MOST_COLUMNS = 5;
/** Values that are part of the name of a line's box. */
const SPOKEN_VALUES = 6;

interface GroupLinesProps {
  table: GroupTable;
  /** Of each line. */
  dangers: readonly Dangers[];
  /** Why a call keeps the others from being decided, by its id. */
  refused: ReadonlyMap<string, string> | undefined;
  left: ReadonlySet<string>;
  onToggle: (id: string) => void;
}

/** One line a call with the values in which they differ; an unticked one is left out. */
export function GroupLines({ table, dangers, refused, left, onToggle }: GroupLinesProps) {
  const stacked = table.columns.length > MOST_COLUMNS;
  return (
    <section aria-label={t('What differs')}>
      <h3 className="mb-1 text-dense font-semibold">{t('What differs')}</h3>
      <div className="overflow-x-auto rounded-md border border-line" data-scrolls tabIndex={0}>
        <table className="w-full text-dense">
          <Head columns={table.columns} stacked={stacked} />
          <tbody>
            {table.lines.map(({ approval, values }, index) => (
              <Line
                key={approval.id}
                approval={approval}
                number={index + 1}
                values={values}
                columns={table.columns}
                dangers={dangers[index]}
                refused={refused?.get(approval.id)}
                stacked={stacked}
                included={!left.has(approval.id)}
                onToggle={onToggle}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Head({ columns, stacked }: Pick<GroupTable, 'columns'> & { stacked: boolean }) {
  return (
    <thead
      className={cx(
        'bg-sunken text-left text-xs text-ink-2',
        stacked ? 'sr-only' : 'max-md:sr-only',
      )}
    >
      <tr>
        <th scope="col" className="w-8 px-2.5 py-1">
          <span className="sr-only">{t('Included')}</span>
        </th>
        {columns.map((path) => (
          <th key={path} scope="col" className="px-2.5 py-1 font-medium">
            <PlaceTitle path={path} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface LineProps {
  approval: Approval;
  number: number;
  values: GroupTable['lines'][number]['values'];
  columns: GroupTable['columns'];
  dangers: Dangers | undefined;
  refused: string | undefined;
  stacked: boolean;
  included: boolean;
  onToggle: (id: string) => void;
}

// Two hundred of them: only the one that changes is drawn again.
const Line = memo(function Line(props: LineProps) {
  const { approval, number, values, columns, dangers, refused, stacked, included } = props;
  const id = useId();
  const spoken = values.slice(0, SPOKEN_VALUES).map((_value, column) => `${id}-${column}`);
  return (
    <tr
      className={cx(
        'relative border-t border-line align-top first:border-t-0',
        stacked ? 'block py-1' : 'max-md:block max-md:py-1',
        refused !== undefined && 'bg-sev-1-soft',
      )}
    >
      <td className={cx('px-2.5 py-1', stacked ? 'block' : 'max-md:block')}>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            data-read={approval.id}
            className="size-4 accent-(--accent)"
            aria-labelledby={[`${id}-name`, ...spoken].join(' ')}
            checked={included}
            onChange={() => props.onToggle(approval.id)}
          />
          <span id={`${id}-name`} className="sr-only">
            {t('Include line {number}', { number })}
          </span>
          {refused === undefined ? null : (
            <span className="text-xs font-medium text-sev-1">{refused}</span>
          )}
        </label>
      </td>
      {values.map((value, column) => (
        <Cell
          key={columns[column]}
          id={`${id}-${column}`}
          call={approval.id}
          path={columns[column] ?? ''}
          value={value}
          why={dangers?.get(columns[column] ?? '')}
          stacked={stacked}
        />
      ))}
      <td className="p-0">
        <span data-read={approval.id} className="absolute right-0 bottom-0 size-px" />
      </td>
    </tr>
  );
});

/** What an agent named is in its own letters; what Belay knows is not. */
export function PlaceTitle({ path }: { path: string }) {
  return isOfAction(path) ? <UntrustedText text={placeTitle(path)} mono /> : placeTitle(path);
}

/** A value as it was sent, and what people wrote as they wrote it. */
export function PlaceValue({ path, value }: { path: string; value: Json }) {
  const isOwn = isOfAction(path);
  return <UntrustedText text={valueText(value)} mono={isOwn} block={!isOwn} />;
}

/** Marks of a cell: all through a long value, at the end of a short one, since a line may be taller than the screen without any. */
function CellMarks({ call, text }: { call: string; text: string }) {
  return isLong(text) ? (
    <ReadMarks id={call} text={text} />
  ) : (
    <span data-read={call} className="pointer-events-none absolute right-0 bottom-0 size-px" />
  );
}

function Cell({
  id,
  call,
  path,
  value,
  why,
  stacked,
}: {
  id: string;
  /** Whose line it is part of. */
  call: string;
  path: string;
  value: LineProps['values'][number];
  why: readonly string[] | undefined;
  stacked: boolean;
}) {
  return (
    <td
      id={id}
      className={cx(
        'relative min-w-24 px-2.5 wrap-anywhere',
        stacked ? 'block py-0.5' : 'py-1 max-md:block max-md:py-0.5',
      )}
    >
      <span className={cx('mr-2 text-xs text-ink-2', stacked ? '' : 'md:hidden')}>
        <PlaceTitle path={path} />
      </span>
      {value === undefined ? (
        <span className="text-ink-2">{t('none')}</span>
      ) : (
        <PlaceValue path={path} value={value} />
      )}
      <CellMarks call={call} text={value === undefined ? '' : valueText(value)} />
      <DangerList why={why} />
    </td>
  );
}
