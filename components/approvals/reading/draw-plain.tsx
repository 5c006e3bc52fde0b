import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import { anchorOf } from '../argument-rows';
import { ArgumentLine } from '../detail/argument-line';
import { OriginMark } from '../detail/origin-mark';
import type { KindCode, ReadingViewProps } from './kind-code';
import { rowsIn } from './kinds';
import { Slot } from './slot';

/** Lines, in the order in which a letter is read. */
export const EMAIL: KindCode = { slots: [], draw: () => null };
export const TRANSFER: KindCode = { slots: ['amount', 'currency'], draw: Money };

/** "1049.00 EUR" and "$5" say themselves in what; a bare number does not. */
const namesCurrency = (amount: string): boolean =>
  /\p{Sc}|(?<!\p{L})[A-Z]{3}(?!\p{L})/u.test(amount);

function Money(props: ReadingViewProps) {
  const [amount, ...more] = rowsIn(props.reading, 'amount');
  const [currency, ...others] = rowsIn(props.reading, 'currency');
  if (amount === undefined || more.length + others.length > 0)
    return (
      <>
        <Slot {...props} slot="amount" />
        <Slot {...props} slot="currency" />
      </>
    );
  return (
    <ArgumentLine row={amount} sources={props.sources} name={t('Amount')}>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <UntrustedText text={amount.value.text} mono className="text-lg! font-semibold" />
        {currency !== undefined ? (
          <span id={anchorOf(currency)} className="flex flex-wrap items-baseline gap-x-2">
            <UntrustedText text={currency.value.text} mono className="text-lg! font-semibold" />
            <UntrustedText text={currency.label} mono className="text-ink-2" />
            <OriginMark origin={currency.origin} />
          </span>
        ) : namesCurrency(amount.value.text) ? null : (
          <span className="font-sans text-dense text-ink-2">{t('no currency is sent')}</span>
        )}
      </span>
    </ArgumentLine>
  );
}
