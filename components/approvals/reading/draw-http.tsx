import { t } from '@/lib/client/language';
import { ArgumentLine } from '../detail/argument-line';
import type { KindCode, ReadingViewProps } from './kind-code';
import { rowsIn } from './kinds';
import { Slot } from './slot';
import { urlWarnings } from './url-parts';
import { UrlText } from './url-text';

export const HTTP: KindCode = {
  slots: ['method', 'url'],
  draw: Request,
  check: (row, reading) =>
    rowsIn(reading, 'url').includes(row)
      ? urlWarnings(row.value.text).map((text) => ({ why: text }))
      : [],
};

function Request(props: ReadingViewProps) {
  return (
    <>
      <Slot {...props} slot="method" />
      {rowsIn(props.reading, 'method').length === 0 ? (
        <p className="border-b border-line px-3 py-1.5 text-xs text-ink-2">
          {t('No method is sent: the tool chooses it.')}
        </p>
      ) : null}
      {rowsIn(props.reading, 'url').map((row) => (
        <ArgumentLine key={row.path} row={row} sources={props.sources} name={t('Address')}>
          <UrlText url={row.value.text} />
        </ArgumentLine>
      ))}
    </>
  );
}
