/** Telemetry as exporters write it, for tests: one description, written as OTLP/JSON and, field by field, as protobuf. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

type Plain = string | number | boolean;
export interface TestSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Nanoseconds since the epoch. */
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, Plain>>;
  readonly failed?: boolean;
}
export interface Telemetry {
  readonly resource: Readonly<Record<string, Plain>>;
  readonly spans: readonly TestSpan[];
}

const jsonValue = (value: Plain) => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};
const jsonAttributes = (given: Readonly<Record<string, Plain>>) =>
  Object.entries(given).map(([key, value]) => ({ key, value: jsonValue(value) }));

export const asJson = ({ resource, spans }: Telemetry) => ({
  resourceSpans: [
    {
      resource: { attributes: jsonAttributes(resource) },
      scopeSpans: [
        {
          scope: { name: 'my.library', version: '1.0.0' },
          spans: spans.map(({ traceId, spanId, end, attributes, failed = false }) => ({
            traceId,
            spanId,
            name: 'a span',
            kind: 2,
            endTimeUnixNano: String(end),
            attributes: jsonAttributes(attributes),
            ...(failed ? { status: { code: 2 } } : {}),
          })),
        },
      ],
    },
  ],
});

const nested = (writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void) => {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  return writer.join();
};

const valueBytes = (writer: BinaryWriter, value: Plain) => {
  if (typeof value === 'string') writer.tag(1, WireType.LengthDelimited).string(value);
  else if (typeof value === 'boolean') writer.tag(2, WireType.Varint).bool(value);
  else if (Number.isInteger(value)) writer.tag(3, WireType.Varint).int64(value);
  else writer.tag(4, WireType.Bit64).double(value);
};

const attributeBytes = (
  writer: BinaryWriter,
  field: number,
  given: Readonly<Record<string, Plain>>,
) => {
  for (const [key, value] of Object.entries(given))
    nested(writer, field, (pair) => {
      pair.tag(1, WireType.LengthDelimited).string(key);
      nested(pair, 2, (any) => valueBytes(any, value));
    });
};

const spanBytes = (writer: BinaryWriter, span: TestSpan) => {
  writer.tag(1, WireType.LengthDelimited).bytes(Buffer.from(span.traceId, 'hex'));
  writer.tag(2, WireType.LengthDelimited).bytes(Buffer.from(span.spanId, 'hex'));
  writer.tag(5, WireType.LengthDelimited).string('a span');
  writer.tag(6, WireType.Varint).int32(2);
  writer.tag(8, WireType.Bit64).fixed64(span.end);
  attributeBytes(writer, 9, span.attributes);
  if (span.failed === true) nested(writer, 15, (status) => status.tag(3, WireType.Varint).int32(2));
};

/** Field numbers as in opentelemetry-proto v1, written here once more so that a wrong one on the other side shows. */
export const asProtobuf = ({ resource, spans }: Telemetry): Uint8Array =>
  nested(new BinaryWriter(), 1, (resourceSpans) => {
    nested(resourceSpans, 1, (of) => attributeBytes(of, 1, resource));
    nested(resourceSpans, 2, (scopeSpans) => {
      nested(scopeSpans, 1, (scope) => scope.tag(1, WireType.LengthDelimited).string('my.library'));
      for (const span of spans) nested(scopeSpans, 2, (writer) => spanBytes(writer, span));
    });
  }).finish();
