import { t } from '@/lib/client/language';
import { valueText } from '@/components/trust/grants/grant-words';
import { DangerList } from './danger-list';
import type { Dangers } from './group-dangers';
import { PlaceTitle, PlaceValue } from './group-lines';
import type { GroupTable } from './group-table';
import { ReadMarks } from './read-marks';
import { sameId } from './use-lines-seen';

/** What all calls of a group have in common, once; each value is read as a line is, from its start to its end. */
export function SameValues({
  table,
  dangers,
}: {
  table: GroupTable;
  /** Of one of the calls. */
  dangers: Dangers | undefined;
}) {
  return (
    <section aria-label={t('The same in all')}>
      <h3 className="mb-1 text-dense font-semibold">{t('The same in all')}</h3>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-dense">
        {table.same.map(({ path, value }) => (
          <div key={path} className="contents">
            <dt className="text-ink-2">
              <PlaceTitle path={path} />
            </dt>
            <dd className="relative wrap-anywhere">
              <ReadMarks id={sameId(path)} text={valueText(value)} />
              <PlaceValue path={path} value={value} />
              <DangerList why={dangers?.get(path)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
