import { t } from '@/lib/client/language';
import { ArgumentLine } from '../detail/argument-line';
import type { KindCode, ReadingViewProps } from './kind-code';
import { rowsIn } from './kinds';
import { SqlText } from './sql-text';
import { sqlWarnings } from './sql-warnings';

export const SQL: KindCode = {
  slots: ['statement'],
  draw: Statement,
  check: (row, reading) =>
    rowsIn(reading, 'statement').includes(row)
      ? sqlWarnings(row.value.text).map(({ text, start }) => ({ why: text, at: start }))
      : [],
};

function Statement({ reading, sources }: ReadingViewProps) {
  return rowsIn(reading, 'statement').map((row) => (
    <ArgumentLine key={row.path} row={row} sources={sources} name={t('Statement')}>
      <SqlText sql={row.value.text} />
    </ArgumentLine>
  ));
}
