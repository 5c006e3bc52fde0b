/** Places in what an agent has read, as they are stored beside decisions and signals. */
import { z } from 'zod';

export interface Span {
  readonly readId: string;
  /** UTF-16 units of the text that was read; null when only the words were kept. */
  readonly start: number | null;
  readonly end: number | null;
  readonly excerpt: string;
  readonly what: 'value' | 'order';
  /** JSON Pointer of the argument; null for an order. */
  readonly path: string | null;
}

const placeSchema = z.object({
  readId: z.string(),
  start: z.int().min(0),
  end: z.int().min(0),
  excerpt: z.string(),
});
const provenanceSchema = z.object({
  arguments: z.array(
    z.object({
      path: z.string(),
      value: z.string(),
      origin: z.string(),
      whole: z.boolean().optional(),
      span: placeSchema.optional(),
      order: placeSchema.optional(),
    }),
  ),
});
type StoredArgument = z.infer<typeof provenanceSchema>['arguments'][number];

/** The arguments that stand only in text from outside, out of what is stored beside a decision. */
export function outsideArguments(provenance: unknown): StoredArgument[] {
  const parsed = provenanceSchema.safeParse(provenance);
  if (!parsed.success) return [];
  return parsed.data.arguments.filter(({ origin }) => origin === 'third_party');
}

/** Where those arguments were read, and the orders they stand in. */
export function spansOfArguments(found: readonly StoredArgument[]): Span[] {
  return found.flatMap(({ path, span, order }): Span[] => [
    ...(span === undefined ? [] : [{ ...span, what: 'value' as const, path }]),
    ...(order === undefined ? [] : [{ ...order, what: 'order' as const, path: null }]),
  ]);
}

const detailSchema = z.object({
  passages: z.array(
    z.object({
      read: z.string(),
      start: z.int().min(0).optional(),
      end: z.int().min(0).optional(),
      excerpt: z.string(),
    }),
  ),
});

/** The passages that read like orders, out of the detail of a signal. */
export function spansOfSignal(detail: unknown): Span[] {
  const parsed = detailSchema.safeParse(detail);
  if (!parsed.success) return [];
  return parsed.data.passages.map(({ read, start, end, excerpt }) => ({
    readId: read,
    start: start ?? null,
    end: end ?? null,
    excerpt,
    what: 'order',
    path: null,
  }));
}
