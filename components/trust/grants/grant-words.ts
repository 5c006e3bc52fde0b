import type { Grant, Json, Reach } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** What a name is made of that can be told from the words and dots around it. */
const PLAIN_NAME = /^[\w$-]+$/;

/**
 * A place as people read it: `/arguments/order/id` is `order.id`, `/resource/id` is `resource id`. A name that could pass for several
 * names is quoted.
 */
export function placeName(path: string): string {
  const [, first = '', ...rest] = path
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((name) => (PLAIN_NAME.test(name) ? name : JSON.stringify(name)));
  return first === 'resource' ? ['resource', ...rest].join(' ') : rest.join('.') || first;
}

/** How far a value may go, as the end of a sentence that begins with its name. */
export function reachText(reach: Reach): string {
  if (reach.kind === 'number')
    return t('any number from {from} to {to}', { from: reach.from, to: reach.to });
  const { longest } = reach;
  return reach.lines
    ? t('any text, at most {longest} characters', { longest })
    : t('any text on one line, at most {longest} characters', { longest });
}

/** A value on one line. */
export const valueText = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

export const usesText = ({ uses, mostUses }: Pick<Grant, 'uses' | 'mostUses'>): string =>
  t('{uses} of {mostUses} uses', { uses, mostUses });
