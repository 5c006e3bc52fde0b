import { ArrowRight } from 'lucide-react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Json } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { FoldedText } from '../detail/folded-text';

export interface ShownChange {
  /** JSON Pointer within the arguments. */
  readonly path: string;
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
}

/** Each place that an edit changed, with the value before and after. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul aria-label={t('What was changed')} className="mt-1 flex flex-col gap-1 text-dense">
      {changes.map(({ path, before, after }) => (
        <li
          key={path}
          className="grid grid-cols-[minmax(0,1fr)] gap-x-2 rounded-sm bg-sunken px-2 py-1 md:grid-cols-[minmax(0,10rem)_minmax(0,1fr)_auto_minmax(0,1fr)]"
        >
          <UntrustedText text={placeWords(path)} mono className="text-ink-2" />
          <del className="min-w-0 text-rejected">
            <ShownValue value={before} none={t('not there')} />
          </del>
          <ArrowRight aria-label={t('becomes')} size={14} className="mt-0.5 text-ink-2" />
          <ins className="min-w-0 text-approved no-underline">
            <ShownValue value={after} none={t('removed')} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

/** A JSON Pointer as a person reads it: "set › company" for "/set/company". */
const placeWords = (path: string): string =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');

/** As JSON, so that the text "1" and the number 1 look different. */
function ShownValue({ value, none }: { value: Json | undefined; none: string }) {
  if (value === undefined) return <span className="text-ink-2">{none}</span>;
  return <FoldedText text={JSON.stringify(value, null, 1)} mono />;
}
