import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import { placeName, valueText } from '@/components/trust/grants/grant-words';
import type { GroupTable } from './group-table';

/** What all calls of a group have in common, once. */
export function SameValues({ table }: { table: GroupTable }) {
  return (
    <section aria-label={t('The same in all')}>
      <h3 className="mb-1 text-dense font-semibold">{t('The same in all')}</h3>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-dense">
        {table.same.map(({ path, value }) => (
          <div key={path} className="contents">
            <dt className="text-ink-2">
              <UntrustedText text={placeName(path)} mono />
            </dt>
            <dd className="wrap-anywhere">
              <UntrustedText text={valueText(value)} mono />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
