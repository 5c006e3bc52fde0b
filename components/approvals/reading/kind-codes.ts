import { EMAIL, TRANSFER } from './draw-plain';
import type { KindCode } from './kind-code';
import type { ReadingKind } from './kind-rules';

/** Kinds that are no more than lines: part of the page. */
export const PLAIN_KINDS: Readonly<Partial<Record<ReadingKind, KindCode>>> = {
  email: EMAIL,
  transfer: TRANSFER,
};

/** The others bring code of their own, with the first such call. */
export const LATE_KINDS = {
  sql: async () => (await import('./draw-sql')).SQL,
  http: async () => (await import('./draw-http')).HTTP,
  diff: async () => (await import('./draw-diff')).DIFF,
  record: async () => (await import('./draw-record')).RECORD,
} as const satisfies Partial<Record<ReadingKind, () => Promise<KindCode>>>;
