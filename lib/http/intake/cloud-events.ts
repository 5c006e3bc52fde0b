/** CloudEvents 1.0 as they come over HTTP: structured, batched or binary, told apart by their headers. */
import {
  DomainError,
  MAX_SIGNAL_BATCH,
  signalsRequestSchema,
  type CloudEvent,
} from '@/lib/contracts';
import { checked } from '@/lib/http/handler';
import { jsonOf, requireContentType, textOf } from '@/lib/http/read-body';

type Fields = Readonly<Record<string, unknown>>;

const JSON_TYPE = /^application\/([a-z0-9.+-]+\+)?json$/i;
const EVENT = 'application/cloudevents';
const BATCH = 'application/cloudevents-batch';

/**
 * The events of a request. Which mode it is, its headers say: a content type that begins with `application/cloudevents` is a
 * structured event or a batch, `ce-specversion` makes it binary, and plain JSON is taken for structured.
 *
 * @throws DomainError 400 `wrong_content_type`, `malformed_body`, `malformed_header`, and what `jsonOf` refuses
 */
export function cloudEventsOf(request: Request, body: Uint8Array): readonly CloudEvent[] {
  const type = mediaType(request.headers.get('content-type'));
  const binary = request.headers.has('ce-specversion') && !type.startsWith(EVENT);
  const raw = binary ? binaryEvent(request, body) : structured(request, type, body);
  if (Array.isArray(raw) && raw.length === 0 && type.startsWith(BATCH)) return [];
  const events = checked(signalsRequestSchema, withData(raw), 'malformed_body');
  return Array.isArray(events) ? events : [events];
}

function structured(request: Request, type: string, body: Uint8Array): unknown {
  requireContentType(request, JSON_TYPE, `application/json, ${EVENT}+json or ${BATCH}+json`);
  const raw = jsonOf(textOf(body));
  if (type.startsWith(EVENT) && Array.isArray(raw) !== type.startsWith(BATCH))
    throw malformed(
      type.startsWith(BATCH)
        ? `A batch (${BATCH}+json) is an array of events.`
        : `One event (${EVENT}+json) is an object; send an array as ${BATCH}+json.`,
    );
  return raw;
}

/** Attributes stand in headers that begin with `ce-`, the data is the body, and `content-type` is its `datacontenttype`. */
function binaryEvent(request: Request, body: Uint8Array): Fields {
  const attributes: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of request.headers)
    if (name.startsWith('ce-')) attributes[name.slice(3)] = decodedHeader(name, value);
  if ('datacontenttype' in attributes)
    throw malformed(
      'In binary mode "content-type" says what the data is, not "ce-datacontenttype".',
    );
  if (body.byteLength === 0) return attributes;
  requireContentType(request, JSON_TYPE, 'application/json: the data of a signal is JSON');
  return { ...attributes, data: jsonOf(textOf(body)) };
}

/**
 * A header's value as the binding (1.0.2, section 3.1.3.2) has it decoded: quotes of older senders first, then one round of
 * percent-decoding. Bytes that are no UTF-8 are refused.
 */
export function decodedHeader(name: string, value: string): string {
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  const plain = quoted === undefined ? value : quoted.replaceAll(/\\(.)/gs, '$1');
  try {
    const text = decodeURIComponent(plain);
    // What PostgreSQL cannot hold, and what the specification keeps out of attributes anyway.
    if (!/\p{Cc}|\p{Cs}/u.test(text)) return text;
  } catch {
    // Said below.
  }
  throw new DomainError(
    'malformed',
    'malformed_header',
    `The header "${name}" is not percent-encoded UTF-8 text.`,
  );
}

function withData(raw: unknown): unknown {
  if (Array.isArray(raw) && raw.length > MAX_SIGNAL_BATCH) return raw;
  return Array.isArray(raw) ? raw.map(unpacked) : unpacked(raw);
}

/** Data that was sent as Base64 is the same data. */
function unpacked(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('data_base64' in event)) return event;
  const { data_base64: packed, ...rest } = event as Fields;
  if ('data' in rest) throw malformed('An event has either "data" or "data_base64".');
  if (typeof packed !== 'string' || !isBase64(packed))
    throw malformed('"data_base64" is not Base64 text.');
  const type = mediaType(
    typeof rest['datacontenttype'] === 'string' ? rest['datacontenttype'] : 'application/json',
  );
  if (!JSON_TYPE.test(type)) throw malformed('The data of a signal is JSON ("datacontenttype").');
  return { ...rest, data: jsonOf(textOf(Buffer.from(packed, 'base64'))) };
}

const isBase64 = (text: string): boolean =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
const mediaType = (given: string | null): string =>
  (given ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
const malformed = (message: string) => new DomainError('malformed', 'malformed_body', message);
