/**
 * Arrays for PostgreSQL in the binary form of its wire protocol (`array_recv`; one dimension). Written as text, every element has
 * to be escaped here and parsed there, which took more time than any other part of writing a batch.
 */

/**
 * A value of a column; objects go in as JSON text. Times are ISO 8601 text, or milliseconds since the epoch. Text where bytes are due counts
 * as its UTF-8.
 */
export type Cell = string | number | Uint8Array | null;

/** How an element is written behind its length, and the number PostgreSQL knows its type by (`pg_type.dat`). */
interface ElementFormat {
  readonly oid: number;
  readonly write: (value: Cell) => void;
}

const FORMATS = {
  bigint: { oid: 20, write: (value) => writeInt64(integer(value)) },
  bytea: {
    oid: 17,
    write: (value) => (typeof value === 'string' ? writeText(value) : writeBytes(value)),
  },
  float8: { oid: 701, write: (value) => writeFloat(value) },
  int2: { oid: 21, write: (value) => writeInt16(integer(value)) },
  int4: { oid: 23, write: (value) => writeInt32(integer(value)) },
  json: { oid: 114, write: (value) => writeText(value) },
  jsonb: { oid: 3802, write: (value) => writeJson(value) },
  text: { oid: 25, write: (value) => writeText(value) },
  timestamptz: { oid: 1184, write: (value) => writeInt64(microsecondsOf(value)) },
  uuid: { oid: 2950, write: (value) => writeUuid(value) },
} as const satisfies Record<string, ElementFormat>;

export type ElementType = keyof typeof FORMATS;

/** PostgreSQL counts time from 2000-01-01, in microseconds. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const JSONB_VERSION = 1;
/** The most bytes a UTF-16 unit takes in UTF-8. */
const BYTES_A_UNIT = 3;
const DASH = 45;

// Written by one synchronous function at a time, and copied out before it returns.
let scratch = Buffer.allocUnsafe(64 * 1024);
let end = 0;

/**
 * The parameter for `$n::type[]`.
 *
 * @throws TypeError for a value that is none of its type, RangeError for a number its type cannot hold
 */
export function binaryArray(type: ElementType, values: readonly Cell[]): Buffer {
  const { oid, write }: ElementFormat = FORMATS[type];
  end = 0;
  writeInt32(values.length === 0 ? 0 : 1);
  writeInt32(values.includes(null) ? 1 : 0);
  writeInt32(oid);
  if (values.length > 0) {
    writeInt32(values.length);
    writeInt32(1);
  }
  for (const value of values) {
    if (value === null) {
      writeInt32(-1);
      continue;
    }
    const lengthAt = end;
    writeInt32(0);
    write(value);
    scratch.writeInt32BE(end - lengthAt - 4, lengthAt);
  }
  return Buffer.from(scratch.subarray(0, end));
}

/** Makes room for `bytes` more. */
function reserve(bytes: number): void {
  if (end + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, end + bytes));
  scratch.copy(larger, 0, 0, end);
  scratch = larger;
}

function writeInt16(value: number): void {
  reserve(2);
  end = scratch.writeInt16BE(value, end);
}

function writeInt32(value: number): void {
  reserve(4);
  end = scratch.writeInt32BE(value, end);
}

function writeInt64(value: number): void {
  reserve(8);
  end = scratch.writeInt32BE(Math.floor(value / 2 ** 32), end);
  end = scratch.writeUInt32BE(value >>> 0, end);
}

function writeFloat(value: Cell): void {
  if (typeof value !== 'number') throw mistyped(value, 'number');
  reserve(8);
  end = scratch.writeDoubleBE(value, end);
}

function writeText(value: Cell): void {
  if (typeof value !== 'string') throw mistyped(value, 'text');
  reserve(value.length * BYTES_A_UNIT);
  end += scratch.write(value, end);
}

function writeJson(value: Cell): void {
  reserve(1);
  end = scratch.writeUInt8(JSONB_VERSION, end);
  writeText(value);
}

function writeBytes(value: Cell): void {
  if (!(value instanceof Uint8Array)) throw mistyped(value, 'bytes');
  reserve(value.length);
  scratch.set(value, end);
  end += value.length;
}

function writeUuid(value: Cell): void {
  if (typeof value !== 'string') throw mistyped(value, 'UUID');
  reserve(16);
  const from = end;
  for (let at = 0; at < value.length && end <= from + 16; at += 2) {
    if (value.charCodeAt(at) === DASH) at += 1;
    scratch[end] = (hexDigit(value, at) << 4) | hexDigit(value, at + 1);
    end += 1;
  }
  if (end !== from + 16) throw mistyped(value, 'UUID');
}

function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  if (letter >= 97 && letter <= 102) return letter - 87;
  throw mistyped(text, 'UUID');
}

function integer(value: Cell): number {
  if (!Number.isSafeInteger(value)) throw mistyped(value, 'whole number');
  return value as number;
}

function microsecondsOf(value: Cell): number {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : Number(value);
  if (!Number.isFinite(milliseconds)) throw mistyped(value, 'time');
  return Math.round((milliseconds - POSTGRES_EPOCH_MS) * 1000);
}

const mistyped = (value: Cell, what: string) =>
  new TypeError(`expected a ${what}, got ${String(value).slice(0, 60)}`);
