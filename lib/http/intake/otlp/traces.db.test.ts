import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { statusBytes, responseBytes } from './protobuf';
import { asJson, asProtobuf, type Telemetry, type TestSpan } from './testing';

let fleet: Fleet;
let plane: Plane;

beforeAll(async () => {
  fleet = await makeFleet();
  plane = await startPlane(0);
});
afterAll(() => plane.close());

const span = (attributes: TestSpan['attributes'], changes: Partial<TestSpan> = {}): TestSpan => ({
  traceId: randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
  end: BigInt(Date.now()) * 1_000_000n,
  attributes,
  ...changes,
});
const of = (agentId: string, spans: readonly TestSpan[]): Telemetry => ({
  resource: { 'service.name': 'orders', 'belay.agent.id': agentId },
  spans,
});
const toolCall = (failed: boolean) =>
  span({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'note.read',
    ...(failed ? { 'error.type': 'timeout' } : {}),
  });
const chat = (tokens: number) =>
  span({
    'gen_ai.operation.name': 'chat',
    'gen_ai.usage.input_tokens': tokens,
    'gen_ai.usage.output_tokens': 10,
  });

const post = (body: BodyInit, headers: Record<string, string> = {}, key = fleet.key('gateway')) =>
  fetch(`http://localhost:${plane.port}/v1/traces`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
  });
const postJson = (telemetry: Telemetry) => post(JSON.stringify(asJson(telemetry)));
const protobuf = { 'content-type': 'application/x-protobuf' };
const bytesOf = (telemetry: Telemetry) => new Uint8Array(asProtobuf(telemetry));

const signalsOf = (agentId: string) =>
  sql<{ kind: string; magnitude: number; source: string; source_class: string; detail: unknown }>(
    `SELECT kind, magnitude, source, source_class, detail FROM signals
     WHERE workspace_id = $1 AND agent_id = $2 ORDER BY kind, id`,
    [fleet.workspace.id, agentId],
  );

describe('telemetry', () => {
  it('gives the same signals as JSON, as protobuf and packed, and nothing for spans about something else', async () => {
    const other = await makeFleet();
    const seen = [];
    for (const send of [
      (telemetry: Telemetry) => postJson(telemetry),
      (telemetry: Telemetry) => post(bytesOf(telemetry), protobuf),
      (telemetry: Telemetry) =>
        post(new Uint8Array(gzipSync(asProtobuf(telemetry))), {
          ...protobuf,
          'content-encoding': 'gzip',
        }),
    ]) {
      const one = await makeFleet();
      fleet = one;
      const spans = [toolCall(true), toolCall(false), span({ 'http.route': '/a' }), chat(100)];
      const answer = await send(of(one.agentId, spans));
      expect(answer.status).toBe(200);
      seen.push(await signalsOf(one.agentId));
    }
    expect(seen[0]).toMatchObject([
      {
        kind: 'outcome.task_failed',
        magnitude: 0.25,
        source_class: 'system',
        detail: { operation: 'execute_tool', tool: 'note.read', error: 'timeout' },
      },
    ]);
    const plain = seen.map((signals) => signals.map(({ source: _, ...signal }) => signal));
    expect(plain[1]).toEqual(plain[0]);
    expect(plain[2]).toEqual(plain[0]);
    expect(await signalsOf(other.agentId)).toEqual([]);
  });

  it('counts once, however often it is exported', async () => {
    fleet = await makeFleet();
    const telemetry = of(fleet.agentId, [toolCall(true)]);
    for (let n = 0; n < 3; n += 1) expect(await (await postJson(telemetry)).json()).toEqual({});
    expect(await signalsOf(fleet.agentId)).toHaveLength(1);
    const [usage] = await sql<{ count: number }>(
      'SELECT count FROM agent_usage WHERE workspace_id = $1 AND agent_id = $2',
      [fleet.workspace.id, fleet.agentId],
    );
    expect(usage?.count).toBe(1);
  });

  it('shows far more tokens than usual, and more failures than usual, once a delivery', async () => {
    fleet = await makeFleet();
    await postJson(
      of(
        fleet.agentId,
        Array.from({ length: 30 }, () => chat(100)),
      ),
    );
    expect(await signalsOf(fleet.agentId)).toEqual([]);
    await postJson(of(fleet.agentId, [chat(5_000), chat(9_000)]));
    expect(await signalsOf(fleet.agentId)).toMatchObject([
      { kind: 'behavior.tokens_high', magnitude: 1, detail: { tokens: 9_010 } },
    ]);
    const calls = Array.from({ length: 40 }, (_, n) => toolCall(n % 4 === 0));
    await postJson(of(fleet.agentId, calls));
    const kinds = (await signalsOf(fleet.agentId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'behavior.error_rate')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'outcome.task_failed')).toHaveLength(10);
  });

  it('is taken where it can be, and says of the rest how much and why', async () => {
    fleet = await makeFleet();
    const stranger = await makeFleet();
    const telemetry = of(fleet.agentId, [
      toolCall(true),
      {
        ...toolCall(true),
        attributes: { ...toolCall(true).attributes, 'belay.agent.id': stranger.agentId },
      },
      { ...toolCall(true), end: 1n },
      { ...toolCall(true), end: BigInt(Date.now() + 86_400_000) * 1_000_000n },
    ]);
    const { partialSuccess } = (await (await postJson(telemetry)).json()) as {
      partialSuccess: { rejectedSpans: string; errorMessage: string };
    };
    expect(partialSuccess.rejectedSpans).toBe('3');
    expect(partialSuccess.errorMessage).toMatch(/no agent.*older.*future/);
    expect(await signalsOf(fleet.agentId)).toHaveLength(1);
    const strange = await sql('SELECT 1 FROM signals WHERE agent_id = $1', [stranger.agentId]);
    expect(strange).toEqual([]);
    const answer = await post(bytesOf(of(stranger.agentId, [toolCall(true)])), protobuf);
    const why = `there is no agent "${stranger.agentId}" in this workspace`;
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(responseBytes(1, why));
  });
});

describe('telemetry that attacks', () => {
  const MB = 1024 * 1024;
  it.each([
    ['cut-off protobuf', () => bytesOf(of(fleet.agentId, [chat(1)])).slice(0, 40), protobuf, 400],
    [
      'a zip bomb',
      () => new Uint8Array(gzipSync(Buffer.alloc(200 * MB))),
      { ...protobuf, 'content-encoding': 'gzip' },
      413,
    ],
    ['what is no gzip', () => new Uint8Array(10), { ...protobuf, 'content-encoding': 'gzip' }, 400],
    ['an encoding of its own', () => '{}', { 'content-encoding': 'br' }, 400],
    ['deep nesting', () => `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {}, 400],
    ['another type', () => '<a/>', { 'content-type': 'text/xml' }, 400],
    ['no credentials', () => '{}', { authorization: '' }, 401],
  ])('is refused: %s', async (_, body, headers, status) => {
    const answer = await post(body(), headers);
    expect(answer.status).toBe(status);
    const isProtobuf =
      'content-type' in headers && headers['content-type'] === protobuf['content-type'];
    expect(answer.headers.get('content-type')).toContain(
      isProtobuf ? 'application/x-protobuf' : 'application/problem+json',
    );
    if (!isProtobuf) expect(await answer.json()).toMatchObject({ status });
    else
      expect(new Uint8Array(await answer.arrayBuffer()).length).toBeGreaterThan(
        statusBytes('').length,
      );
  });

  it('is not read when it is 100 MB long', async () => {
    const answer = await post(new Uint8Array(100 * MB)).catch((error: unknown) => error);
    if (answer instanceof Response) expect(answer.status).toBe(413);
    else expect(answer).toBeInstanceOf(TypeError);
    expect((await fetch(`http://localhost:${plane.port}/api/health`)).status).toBe(200);
  });
});
