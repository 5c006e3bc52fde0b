/** Spans of a delivery, out of OTLP/JSON or what protobuf was read into. */
import { z } from 'zod';
import { DomainError, MAX_EVIDENCE_ITEMS } from '@/lib/contracts';
import type { AttributeValue, Span } from '@/lib/services/intake/otlp/span';

const whole = z.union([z.string().regex(/^-?\d{1,20}$/), z.number()]);
const value = z.object({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: whole.optional(),
  doubleValue: z.union([z.number(), z.string()]).optional(),
});
const keyValue = z.object({ key: z.string(), value: value.nullish() });
const attributes = z.array(keyValue).nullish();
const spanSchema = z.object({
  traceId: z.string().regex(/^(?!0+$)[0-9a-f]{32}$/i),
  spanId: z.string().regex(/^(?!0+$)[0-9a-f]{16}$/i),
  name: z.string().default(''),
  startTimeUnixNano: whole.optional(),
  endTimeUnixNano: whole.optional(),
  attributes,
  status: z.object({ code: z.int().optional() }).nullish(),
});
const requestSchema = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }).nullish(),
        scopeSpans: z.array(z.object({ spans: z.array(z.unknown()).nullish() })).nullish(),
      }),
    )
    .nullish(),
});

/**
 * The spans of a request, and how many of them are none.
 *
 * @throws DomainError 400 `malformed_body`, 413 `too_many_items`
 */
export function spansOf(request: unknown): { spans: Span[]; broken: number } {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success)
    throw new DomainError('malformed', 'malformed_body', 'The body is no export of OTLP traces.');
  const spans: Span[] = [];
  let broken = 0;
  for (const { resource, scopeSpans } of parsed.data.resourceSpans ?? []) {
    const about = attributesOf(resource?.attributes);
    for (const raw of (scopeSpans ?? []).flatMap((scope) => scope.spans ?? [])) {
      const span = spanSchema.safeParse(raw);
      if (span.success) spans.push(spanOf(span.data, about));
      else broken += 1;
      if (spans.length + broken > MAX_EVIDENCE_ITEMS) throw tooMany();
    }
  }
  return { spans, broken };
}

const tooMany = () =>
  new DomainError(
    'too_large',
    'too_many_items',
    `A delivery has at most ${MAX_EVIDENCE_ITEMS} items; send several.`,
  );

function spanOf(span: z.infer<typeof spanSchema>, resource: Span['resource']): Span {
  const nanos = span.endTimeUnixNano ?? span.startTimeUnixNano ?? 0;
  return {
    id: `${span.traceId}:${span.spanId}`.toLowerCase(),
    at: Math.floor(Number(nanos) / 1e6),
    attributes: attributesOf(span.attributes),
    resource,
    failed: span.status?.code === 2,
  };
}

function attributesOf(given: z.infer<typeof attributes>): ReadonlyMap<string, AttributeValue> {
  return new Map(
    (given ?? []).flatMap(({ key, value: of }): [string, AttributeValue][] => {
      const { stringValue, boolValue, intValue, doubleValue } = of ?? {};
      const number = intValue ?? doubleValue;
      const found = stringValue ?? boolValue ?? (number === undefined ? undefined : Number(number));
      return found === undefined ? [] : [[key, found]];
    }),
  );
}
