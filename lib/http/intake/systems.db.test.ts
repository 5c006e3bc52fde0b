import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { evidenceSourceInputSchema } from '@/lib/contracts';
import { makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import {
  addEvidenceSource,
  listEvidenceSources,
  removeEvidenceSource,
} from '@/lib/services/intake/sources';

const SECRET = 'a secret of the build, 32 long...';
let fleet: Fleet;
let plane: Plane;

beforeAll(async () => {
  plane = await startPlane(0);
});
afterAll(() => plane.close());
beforeEach(async () => {
  fleet = await makeFleet();
});

const admin = () => ({ ...fleet.workspace.as('admin'), now: new Date() });
const add = (input: Record<string, unknown>) =>
  addEvidenceSource(admin(), evidenceSourceInputSchema.parse(input));
const kinds = async (agentId = fleet.agentId) =>
  (
    await sql<{ kind: string }>(
      'SELECT kind FROM signals WHERE workspace_id = $1 AND agent_id = $2 ORDER BY id',
      [fleet.workspace.id, agentId],
    )
  ).map(({ kind }) => kind);

async function send(path: string, body: string | Uint8Array, headers: Record<string, string>) {
  const answer = await fetch(`http://localhost:${plane.port}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const json = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, json, retryAfter: answer.headers.get('retry-after') };
}

describe('a source of evidence', () => {
  it('is limited in a day and says when it may go on, and weighs what it was given', async () => {
    await add({ protocol: 'cloudevents', name: 'test/telemetry', dailyCap: 2, weight: 0.5 });
    for (let n = 0; n < 2; n += 1)
      expect((await fleet.signal('outcome.validation_failed')).body).toMatchObject({ accepted: 1 });
    const third = await fleet.signal('outcome.validation_failed');
    expect(third).toMatchObject({ status: 429, body: { code: 'source_exhausted' } });
    const other = await fleet.signal('outcome.validation_failed', {}, { source: 'test/other' });
    expect(other.status).toBe(202);
    const magnitudes = await sql<{ magnitude: number }>(
      'SELECT magnitude FROM signals WHERE workspace_id = $1 AND agent_id = $2 ORDER BY id',
      [fleet.workspace.id, fleet.agentId],
    );
    expect(magnitudes.map(({ magnitude }) => magnitude)).toEqual([0.5, 0.5, 1]);
    const { items } = await listEvidenceSources(admin());
    expect(items).toMatchObject([{ name: 'test/telemetry', takenToday: 2, hasSecret: false }]);
  });

  it('shares the limit of all others when it has none of its own, and a batch beyond it is left whole', async () => {
    await add({ protocol: 'cloudevents', name: '*', dailyCap: 3 });
    expect((await fleet.signals('outcome.validation_failed', 2, 2)).status).toBe(429);
    expect(await kinds()).toEqual([]);
    expect((await fleet.signals('outcome.validation_failed', 1, 3)).body).toMatchObject({
      accepted: 3,
    });
    expect(
      (await fleet.signal('outcome.validation_failed', {}, { source: 'yet another' })).status,
    ).toBe(429);
  });

  it('is for admins to add and to remove, once a name, and its secret stands nowhere', async () => {
    const source = await add({ protocol: 'ci', name: 'build', secret: SECRET });
    expect(JSON.stringify(source)).not.toContain(SECRET);
    const [row] = await sql<{ all: string }>(
      'SELECT s::text AS all FROM evidence_sources s WHERE workspace_id = $1',
      [fleet.workspace.id],
    );
    expect(row?.all).toContain('build');
    expect(row?.all).not.toContain(Buffer.from(SECRET).toString('hex'));
    await expect(add({ protocol: 'ci', name: 'build', secret: SECRET })).rejects.toMatchObject({
      code: 'source_exists',
    });
    const manager = fleet.workspace.as('manager');
    await expect(removeEvidenceSource(manager, source.id)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const stranger = await makeFleet();
    await expect(
      removeEvidenceSource(stranger.workspace.as('admin'), source.id),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await removeEvidenceSource(admin(), source.id);
    expect((await listEvidenceSources(admin())).items).toEqual([]);
    expect(await fleet.ledger()).toEqual(
      expect.arrayContaining(['evidence_source.added', 'evidence_source.removed']),
    );
  });
});

describe('a build', () => {
  const run = (changes: Record<string, unknown> = {}, id = 7) =>
    JSON.stringify({
      action: 'completed',
      workflow_run: {
        id,
        run_attempt: 1,
        event: 'push',
        status: 'completed',
        conclusion: 'failure',
        head_branch: 'main',
        head_commit: { message: `Mend the totals\n\nBelay-Agent: ${fleet.agentId}` },
        updated_at: new Date().toISOString(),
        ...changes,
      },
      repository: { full_name: 'made/up', default_branch: 'main' },
    });
  const sign = (body: string, secret = SECRET) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const post = (source: string, body: string, headers: Record<string, string> = {}) =>
    send(`/api/v1/intake/ci?source=${source}`, body, {
      'x-github-event': 'workflow_run',
      'x-hub-signature-256': sign(body),
      ...headers,
    });

  it('that breaks or passes with a merged change says so of its agent, once', async () => {
    const { id } = await add({ protocol: 'ci', name: 'build', secret: SECRET });
    expect(await post(id, run())).toMatchObject({ status: 202, json: { accepted: 1 } });
    expect(await post(id, run())).toMatchObject({
      status: 202,
      json: { accepted: 0, duplicates: 1 },
    });
    await post(id, run({ conclusion: 'success' }, 8));
    const plain = JSON.stringify({ id: 'n-1', agent: fleet.agentId, result: 'passed' });
    const headers = { 'x-github-event': 'check_suite' };
    const suite = JSON.stringify({
      check_suite: { ...(JSON.parse(run()) as { workflow_run: object }).workflow_run, id: 9 },
      repository: { full_name: 'made/up', default_branch: 'main' },
    });
    await post(id, suite, headers);
    await send(`/api/v1/intake/ci?source=${id}`, plain, { 'x-hub-signature-256': sign(plain) });
    expect(await kinds()).toEqual([
      'outcome.validation_failed',
      'outcome.validation_passed',
      'outcome.validation_failed',
      'outcome.validation_passed',
    ]);
  });

  it('of a change that is not merged, was called off or is nobody’s says nothing', async () => {
    const { id } = await add({ protocol: 'ci', name: 'build', secret: SECRET });
    for (const changes of [
      { event: 'pull_request' },
      { head_branch: 'topic' },
      { conclusion: 'cancelled' },
      { status: 'in_progress' },
      { head_commit: { message: 'By hand' } },
    ])
      expect(await post(id, run(changes))).toMatchObject({ status: 202, json: { ignored: 1 } });
    expect(await post(id, '{}', { 'x-github-event': 'ping' })).toMatchObject({ status: 202 });
    const stranger = await makeFleet();
    const foreign = run({ head_commit: { message: `x\n\nBelay-Agent: ${stranger.agentId}` } });
    expect(await post(id, foreign)).toMatchObject({ json: { accepted: 0, rejected: 1 } });
    expect(await kinds()).toEqual([]);
  });

  it('is believed for its signature alone', async () => {
    const { id } = await add({ protocol: 'ci', name: 'build', secret: SECRET });
    const body = run();
    for (const signature of [
      sign(body, 'another'),
      sign(`${body} `),
      'sha256=',
      '',
      'sha1=00',
      `sha256=${'0'.repeat(64)}`,
    ])
      expect(await post(id, body, { 'x-hub-signature-256': signature })).toMatchObject({
        status: 401,
        json: { code: 'bad_signature' },
      });
    const unknown = crypto.randomUUID();
    expect(
      await post(unknown, body, { 'x-hub-signature-256': sign(body, 'nobody') }),
    ).toMatchObject({ status: 401 });
    expect(await post('%27;--', body)).toMatchObject({ status: 401 });
    expect(await post(id, '{"workflow_run": 7}')).toMatchObject({
      status: 400,
      json: { code: 'malformed_body' },
    });
    expect(await kinds()).toEqual([]);
  });
});

describe('a decision log of OPA', () => {
  const entry = (decision: string, changes: Record<string, unknown> = {}) => ({
    labels: {
      app: 'my-example-app',
      id: '1780d507-aea2-45cc-ae50-fa153c8e4a5a',
      version: 'v1.17.1',
    },
    decision_id: decision,
    path: 'http/example/authz/allow',
    input: { subject: { type: 'agent', id: fleet.agentId } },
    result: false,
    requested_by: '[::1]:59943',
    timestamp: new Date().toISOString(),
    ...changes,
  });
  const post = (log: unknown, key = fleet.key('analyst')) =>
    send('/api/v1/intake/opa', new Uint8Array(gzipSync(JSON.stringify(log))), {
      authorization: `Bearer ${key}`,
      'content-encoding': 'gzip',
    });

  it('gives what was denied, takes what is good and names what is not', async () => {
    const log = [
      entry('one'),
      entry('two', { result: { allow: false }, input: { agent: fleet.agentId } }),
      entry('three', { result: true }),
      entry('four', { input: { method: 'GET' } }),
      { decision_id: 'five' },
      entry('six', { timestamp: '2001-01-01T00:00:00Z' }),
    ];
    const answer = await post(log);
    expect(answer).toMatchObject({
      status: 200,
      json: {
        accepted: 2,
        duplicates: 0,
        ignored: 2,
        rejected: 2,
        errors: [{ path: '4' }, { path: 'six' }],
      },
    });
    expect((await post(log)).json).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(await kinds()).toEqual(['context.policy_denied', 'context.policy_denied']);
  });

  it('is taken of keys that may, and has a form and an end', async () => {
    expect((await post([entry('a')], fleet.key('viewer'))).status).toBe(403);
    expect((await post({ a: 1 })).status).toBe(400);
    expect((await post(Array.from({ length: 5_001 }, () => 1))).status).toBe(413);
    const stranger = await makeFleet();
    expect((await post([entry('b')], stranger.key('analyst'))).json).toMatchObject({
      accepted: 0,
      rejected: 1,
    });
  });

  it('shares its day between deliveries: what is beyond it is named, and can come again tomorrow', async () => {
    await add({ protocol: 'opa', name: 'my-example-app', dailyCap: 3 });
    expect((await post([entry('a'), entry('b')])).json).toMatchObject({ accepted: 2 });
    expect((await post([entry('c'), entry('d')])).json).toMatchObject({ accepted: 1, rejected: 1 });
    const full = await post([entry('d')]);
    expect(full).toMatchObject({ status: 429, json: { code: 'source_exhausted' } });
    expect(Number(full.retryAfter)).toBeGreaterThan(0);
    const receipts = await sql('SELECT 1 FROM signal_receipts WHERE workspace_id = $1', [
      fleet.workspace.id,
    ]);
    expect(receipts).toHaveLength(3);
  });
});
