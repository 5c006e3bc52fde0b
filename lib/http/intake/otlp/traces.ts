/** POST /v1/traces: OTLP/HTTP, as exporters send it. */
import { actorRef } from '@/lib/auth';
import { anyProgram, requireActiveAgent } from '@/lib/auth/agents';
import type { Problem } from '@/lib/contracts';
import { handle, requireContentType } from '@/lib/http';
import type { Handler } from '@/lib/http/handler';
import { MAX_INTAKE_BYTES, readPacked } from '@/lib/http/intake/body';
import { takePlace } from '@/lib/http/places';
import { jsonOf, textOf } from '@/lib/http/read-body';
import { recordSpans } from '@/lib/services/intake/otlp/record';
import { responseBytes, statusBytes, tracesOf } from './protobuf';
import { spansOf } from './spans';

const PROTOBUF = 'application/x-protobuf';

const isProtobuf = (request: Request): boolean =>
  (request.headers.get('content-type') ?? '').toLowerCase().startsWith(PROTOBUF);

const take = handle(
  { auth: anyProgram, maxBodyBytes: MAX_INTAKE_BYTES },
  async ({ who, request, now }) => {
    await requireActiveAgent(who);
    const leave = takePlace('intakes', `${who.workspaceId} ${actorRef(who)}`);
    try {
      const { spans, broken } = spansOf(await readTraces(request));
      const { rejected } = await recordSpans({ actor: who, now: now.getTime() }, spans);
      const reasons = [...new Set(rejected.slice(0, 20).map(({ why }) => why))];
      if (broken > 0) reasons.push('the ids of a trace or a span are none');
      return answer(request, rejected.length + broken, reasons.join('; '));
    } finally {
      leave();
    }
  },
);

async function readTraces(request: Request): Promise<unknown> {
  if (isProtobuf(request)) return tracesOf(await readPacked(request));
  requireContentType(request, /^application\/json$/i, `application/json or ${PROTOBUF}`);
  return jsonOf(textOf(await readPacked(request)), { exact: false });
}

function answer(request: Request, rejectedSpans: number, errorMessage: string): Response {
  if (isProtobuf(request)) return protobuf(responseBytes(rejectedSpans, errorMessage), 200);
  const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage };
  return Response.json(rejectedSpans === 0 ? {} : { partialSuccess });
}

const protobuf = (bytes: Uint8Array, status: number, headers: Record<string, string> = {}) =>
  new Response(new Uint8Array(bytes), {
    status,
    headers: { 'cache-control': 'no-store', ...headers, 'content-type': PROTOBUF },
  });

/** An exporter that speaks protobuf gets its errors in it, too, as OTLP has it. */
export const tracesHandler: Handler = async (request, context) => {
  const response = await take(request, context);
  if (response.status < 400 || !isProtobuf(request)) return response;
  const { detail, code } = (await response.json()) as Problem;
  return protobuf(statusBytes(`${code}: ${detail}`), response.status, {
    ...Object.fromEntries(response.headers),
  });
};
