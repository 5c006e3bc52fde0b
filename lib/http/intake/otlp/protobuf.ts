/**
 * OTLP traces as protobuf, read by a table of the fields we look at (opentelemetry-proto v1) into what OTLP/JSON has. Nothing in the
 * table refers back to itself, so no input drives it deep; what is not in the table is skipped.
 */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { DomainError } from '@/lib/contracts';

type Scalar = 'string' | 'hex' | 'fixed64' | 'int64' | 'int32' | 'bool' | 'double';
interface Field {
  readonly name: string;
  readonly type: Scalar | Message;
  readonly repeated?: true;
}
type Message = Readonly<Record<number, Field>>;
type Decoded = Record<string, unknown>;

const ANY_VALUE: Message = {
  1: { name: 'stringValue', type: 'string' },
  2: { name: 'boolValue', type: 'bool' },
  3: { name: 'intValue', type: 'int64' },
  4: { name: 'doubleValue', type: 'double' },
};
const KEY_VALUE: Message = {
  1: { name: 'key', type: 'string' },
  2: { name: 'value', type: ANY_VALUE },
};
const SPAN: Message = {
  1: { name: 'traceId', type: 'hex' },
  2: { name: 'spanId', type: 'hex' },
  5: { name: 'name', type: 'string' },
  7: { name: 'startTimeUnixNano', type: 'fixed64' },
  8: { name: 'endTimeUnixNano', type: 'fixed64' },
  9: { name: 'attributes', type: KEY_VALUE, repeated: true },
  15: { name: 'status', type: { 3: { name: 'code', type: 'int32' } } },
};
const TRACES: Message = {
  1: {
    name: 'resourceSpans',
    repeated: true,
    type: {
      1: { name: 'resource', type: { 1: { name: 'attributes', type: KEY_VALUE, repeated: true } } },
      2: {
        name: 'scopeSpans',
        repeated: true,
        type: { 2: { name: 'spans', type: SPAN, repeated: true } },
      },
    },
  },
};

/** How each scalar is read, and the wire type it has to come with. */
const SCALARS: Readonly<Record<Scalar, readonly [WireType, (reader: BinaryReader) => unknown]>> = {
  string: [WireType.LengthDelimited, (reader) => reader.string()],
  hex: [WireType.LengthDelimited, (reader) => Buffer.from(reader.bytes()).toString('hex')],
  fixed64: [WireType.Bit64, (reader) => String(reader.fixed64())],
  int64: [WireType.Varint, (reader) => String(reader.int64())],
  int32: [WireType.Varint, (reader) => reader.int32()],
  bool: [WireType.Varint, (reader) => reader.bool()],
  double: [WireType.Bit64, (reader) => reader.double()],
};
/** Every thing in it costs memory: more of them than this is no telemetry. */
const MOST_FIELDS = 1_000_000;

/**
 * An `ExportTraceServiceRequest`, as OTLP/JSON writes it.
 *
 * @throws DomainError 400 `malformed_protobuf`
 */
export function tracesOf(bytes: Uint8Array): unknown {
  try {
    const budget = { fields: MOST_FIELDS };
    return read(new BinaryReader(bytes, strictUtf8), TRACES, bytes.byteLength, budget);
  } catch {
    throw new DomainError(
      'malformed',
      'malformed_protobuf',
      'The body is not an ExportTraceServiceRequest in protobuf, or it ended early.',
    );
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const strictUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes);

function read(
  reader: BinaryReader,
  message: Message,
  length: number,
  budget: { fields: number },
): Decoded {
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError('a message is longer than what is around it');
  const decoded: Decoded = {};
  while (reader.pos < end) {
    if ((budget.fields -= 1) < 0) throw new RangeError('too many fields');
    const [number, wireType] = reader.tag();
    const field = message[number];
    if (field === undefined) reader.skip(wireType, number);
    else put(decoded, field, valueOf(reader, field, wireType, budget));
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than its message');
  return decoded;
}

function valueOf(
  reader: BinaryReader,
  { type }: Field,
  wireType: WireType,
  budget: { fields: number },
): unknown {
  const [expected, scalar] =
    typeof type === 'string' ? SCALARS[type] : [WireType.LengthDelimited, undefined];
  if (wireType !== expected) throw new RangeError('a field has another type than its own');
  if (typeof type === 'string') return scalar?.(reader);
  return read(reader, type, reader.uint32(), budget);
}

function put(decoded: Decoded, { name, repeated }: Field, value: unknown): void {
  if (repeated !== true) decoded[name] = value;
  else if (Array.isArray(decoded[name])) decoded[name].push(value);
  else decoded[name] = [value];
}

/** An `ExportTraceServiceResponse`; empty when nothing was rejected. */
export function responseBytes(rejectedSpans: number, errorMessage: string): Uint8Array {
  const writer = new BinaryWriter();
  if (rejectedSpans > 0 || errorMessage !== '')
    writer
      .tag(1, WireType.LengthDelimited)
      .fork()
      .tag(1, WireType.Varint)
      .int64(rejectedSpans)
      .tag(2, WireType.LengthDelimited)
      .string(errorMessage)
      .join();
  return writer.finish();
}

/** A `google.rpc.Status`, which OTLP answers errors with. */
export function statusBytes(message: string): Uint8Array {
  return new BinaryWriter().tag(2, WireType.LengthDelimited).string(message).finish();
}
