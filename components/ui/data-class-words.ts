import type { DataClass } from '@/lib/contracts';
import { texts } from '@/lib/client/language';

/** From the least to the most sensitive. */
export const DATA_CLASS_NAMES = [
  'public',
  'internal',
  'confidential',
  'restricted',
] as const satisfies readonly DataClass[];

export const DATA_CLASS_WORDS: Readonly<Record<DataClass, string>> = texts({
  public: 'public data',
  internal: 'internal data',
  confidential: 'confidential data',
  restricted: 'restricted data',
});
