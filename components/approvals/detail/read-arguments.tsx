'use client';

import { useMemo, useState } from 'react';
import { latePart } from '@/components/ui/late-part';
import { Skeleton } from '@/components/ui/states';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import type { ArgumentRow } from '../argument-rows';
import { Shown } from '../arguments-shown';
import { needsFind } from '../needs-find';
import { dangersOf } from '../reading/dangers';
import type { KindCode } from '../reading/kind-code';
import type { Reading } from '../reading/kinds';
import { ReadingView } from '../reading/reading-view';
import { ArgumentLines } from './argument-line';
import { ArgumentsSummary } from './arguments-summary';
import { FindBox } from './find-box';

// Who wants it as JSON asks for it.
const [AsJson, fetchJson] = latePart(async () => (await import('./as-json')).AsJson, {
  loading: <Skeleton className="m-3 h-24" />,
  get what() {
    return t('The JSON could not be shown. The fields are there.');
  },
});
export { fetchJson };

// Only long arguments are searched.
const [FoundValues] = latePart(async () => (await import('./found-values')).FoundValues, {
  loading: <Skeleton className="m-3 h-24" />,
  get what() {
    return t('The search could not be shown.');
  },
});

export type ArgumentForm = 'reading' | 'fields' | 'json';

export interface ReadArgumentsProps {
  approval: ApprovalDetail;
  rows: readonly ArgumentRow[];
  reading: Reading | null;
  /** What its kind takes; none for a call that is shown by its fields. */
  code: KindCode | undefined;
  form: ArgumentForm;
}

/** What stands out in the arguments, and below it all of them. */
export function ReadArguments({ approval, rows, reading, code, form }: ReadArgumentsProps) {
  const dangers = useMemo(
    () => dangersOf(rows, reading === null ? null : { of: reading, check: code?.check }),
    [rows, reading, code],
  );
  const marked = useMemo(() => new Set(dangers.map(({ row }) => row)), [dangers]);
  const [words, setWords] = useState('');
  return (
    <>
      <ArgumentsSummary
        rows={rows}
        dangers={dangers}
        linked={form !== 'json' && words.trim() === ''}
      />
      {needsFind(rows) ? <FindBox words={words} onChange={setWords} /> : null}
      {words.trim() === '' ? (
        <Arguments
          form={form}
          approval={approval}
          rows={rows}
          reading={reading}
          code={code}
          marked={marked}
        />
      ) : (
        <FoundValues rows={rows} words={words} sources={approval.sources} />
      )}
    </>
  );
}

interface ArgumentsProps extends ReadArgumentsProps {
  marked: ReadonlySet<ArgumentRow>;
}

function Arguments(props: ArgumentsProps) {
  const { form, approval, rows } = props;
  // Its own code may still be on its way.
  if (form === 'json') return <AsJson approval={approval} rows={rows} />;
  return (
    <>
      <Shown id={approval.id} />
      <ReadableArguments {...props} />
    </>
  );
}

function ReadableArguments({ form, approval, rows, reading, code, marked }: ArgumentsProps) {
  const { sources } = approval;
  if (form === 'reading' && reading !== null && code !== undefined)
    return <ReadingView reading={reading} sources={sources} marked={marked} code={code} />;
  if (rows.length === 0)
    return <p className="px-3 py-2 text-dense text-ink-2">{t('This call has no arguments.')}</p>;
  return <ArgumentLines rows={rows} sources={sources} marked={marked} />;
}
