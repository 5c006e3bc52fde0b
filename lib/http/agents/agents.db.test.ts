import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { makeAgent, makeTool, makeWorkspace } from '@/lib/decide/testing/fixture';
import { evaluationHandler, evaluationsHandler } from './evaluation';
import { openSessionHandler } from './sessions';
import { signalsHandler } from './signals';
import { tokenHandler } from './token';

const ORIGIN = 'http://localhost:3000';
let workspace: string;
let agent: string;
let key: CryptoKey;

beforeAll(async () => {
  await sql(
    `SELECT belay_ensure_partitions(current_date, (current_date + interval '1 month')::date)`,
  );
});

beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'read_note');
  await makeTool(workspace, 'write_note', { write: true });
  agent = await makeAgent(workspace);
  key = await registerKey(agent);
});

async function registerKey(id: string): Promise<CryptoKey> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  await sql(
    `INSERT INTO agent_keys (workspace_id, agent_id, kid, public_jwk, created_at) VALUES ($1, $2, $3, $4::jsonb, now())`,
    [workspace, id, newId(), JSON.stringify(await exportJWK(pair.publicKey))],
  );
  return pair.privateKey;
}

const seconds = () => Math.floor(Date.now() / 1000);
const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

async function assertion(changes: Record<string, unknown> = {}, signWith = key): Promise<string> {
  const claims = {
    iss: agent,
    sub: agent,
    aud: `${ORIGIN}/oauth/token`,
    jti: newId(),
    iat: seconds(),
    exp: seconds() + 60,
    ...changes,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).sign(signWith);
}

async function login(clientAssertion: string) {
  const response = await tokenHandler(
    new Request(`${ORIGIN}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: clientAssertion,
      }),
    }),
    context(),
  );
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const post = (path: string, body: unknown, token: string, type = 'application/json') =>
  new Request(`${ORIGIN}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}`, 'x-request-id': 'r-1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function evaluate(body: unknown, token: string, type?: string) {
  const response = await evaluationHandler(
    post('/access/v1/evaluation', body, token, type),
    context(),
  );
  expect(response.headers.get('x-request-id')).toBe('r-1');
  return {
    status: response.status,
    body: (await response.json()) as {
      code?: string;
      decision?: boolean;
      context?: { outcome: string; reasons: { code: string }[] };
    },
  };
}

const asking = (tool: string, id = agent) => ({
  subject: { type: 'agent', id },
  action: { name: tool, properties: { arguments: { n: 1 } } },
  resource: { type: 'note', id: 'n-1' },
});

const signalKinds = async () =>
  (await sql<{ kind: string }>('SELECT kind FROM agent_signals WHERE agent_id = $1', [agent])).map(
    ({ kind }) => kind,
  );

describe('an agent that logs in', () => {
  it('gets a token for five minutes, and decides with it', async () => {
    const { status, body } = await login(await assertion());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
    const answer = await evaluate(asking('read_note'), body['access_token'] ?? '');
    expect(answer).toMatchObject({
      status: 200,
      body: { decision: true, context: { outcome: 'allow' } },
    });
  });

  it('is told apart in every way to fail', async () => {
    const stranger = (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey;
    const used = await assertion();
    await login(used);
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ iss: agent, sub: agent }))}.`;
    const codes = await Promise.all(
      [
        'not a jwt',
        unsigned,
        await assertion({ iss: 'somebody' }),
        await assertion({ iss: newId(), sub: newId() }),
        await assertion({}, stranger),
        await assertion({ exp: seconds() - 120 }),
        await assertion({ exp: seconds() + 4000 }),
        await assertion({ iat: seconds() + 300, exp: seconds() + 320 }),
        await assertion({ aud: 'https://elsewhere.example' }),
        await assertion({ jti: undefined }),
        used,
      ].map(async (item) => (await login(item)).body['code']),
    );
    expect(codes).toEqual([
      'malformed_assertion',
      'wrong_algorithm',
      'issuer_mismatch',
      'issuer_mismatch',
      'bad_signature',
      'assertion_expired',
      'assertion_too_long',
      'assertion_not_yet_valid',
      'wrong_audience',
      'jti_missing',
      'replayed_assertion',
    ]);
    expect((await signalKinds()).sort()).toEqual([
      'identity.bad_signature',
      'identity.expired_assertion',
      'identity.replay',
      'identity.wrong_audience',
    ]);
  });

  it('suffers little from strangers who try, however often they do', async () => {
    const { privateKey: stranger } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await login(await assertion({}, stranger))).body['code']).toBe('bad_signature');
    const rows = await sql(
      'SELECT kind, magnitude FROM agent_signals WHERE workspace_id = $1 AND agent_id = $2',
      [workspace, agent],
    );
    expect(rows).toEqual([{ kind: 'identity.bad_signature', magnitude: 0.125 }]);
  });

  it('is unknown when nobody registered it, and refused when it was revoked', async () => {
    const id = newId();
    expect(await login(await assertion({ iss: id, sub: id }))).toMatchObject({
      status: 401,
      body: { code: 'unknown_agent', error: 'invalid_client' },
    });
    await sql(`UPDATE agents SET status = 'revoked' WHERE id = $1`, [agent]);
    expect((await login(await assertion())).body['code']).toBe('agent_revoked');
  });

  it('uses an assertion once, also when it comes a hundred times at once', async () => {
    const once = await assertion();
    const results = await Promise.all(Array.from({ length: 100 }, () => login(once)));
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('an evaluation', () => {
  let token: string;
  beforeEach(async () => {
    token = (await login(await assertion())).body['access_token'] ?? '';
  });

  it('refuses what is not a request with a code of its own each', async () => {
    const code = async (body: unknown, type?: string) => {
      const { status, body: problem } = await evaluate(body, token, type);
      return `${status} ${problem.code}`;
    };
    expect(await code('', 'application/json')).toBe('400 empty_body');
    expect(await code('{"subject":', 'application/json')).toBe('400 malformed_json');
    expect(await code(asking('read_note'), 'text/plain')).toBe('400 wrong_content_type');
    expect(await code({ subject: { type: 'agent' } })).toBe('400 malformed_body');
    expect(await code({ ...asking('read_note'), action: { name: 7 } })).toBe('400 malformed_body');
    expect(await code(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toBe('400 nested_too_deep');
    expect(await code({ ...asking('read_note'), context: { note: '\u0000' } })).toBe(
      '400 unstorable_text',
    );
    expect(
      await code(
        JSON.stringify({ ...asking('read_note'), context: { note: 'x' } }).replace(
          '"x"',
          '"\\ud800"',
        ),
      ),
    ).toBe('400 unstorable_text');
    expect(await code({ ...asking('read_note'), context: { note: 'x'.repeat(300_000) } })).toBe(
      '413 body_too_large',
    );
  });

  it('is for the agent that asks, with a token that holds', async () => {
    const other = await makeAgent(workspace);
    expect((await evaluate(asking('read_note', other), token)).body.code).toBe('subject_mismatch');
    expect((await evaluate(asking('read_note'), 'nonsense')).body.code).toBe('invalid_token');
    expect((await evaluate(asking('read_note'), 'bk_nonsense')).body.code).toBe('invalid_key');
  });

  it('counts the revocation of an agent at its next request', async () => {
    await sql(`UPDATE agents SET status = 'revoked' WHERE id = $1`, [agent]);
    expect((await evaluate(asking('read_note'), token)).body).toMatchObject({
      decision: false,
      context: { reasons: [{ code: 'agent.revoked' }] },
    });
  });

  it('decides once for one Idempotency-Key, and gives the same answer again', async () => {
    const ask = async (body: unknown) => {
      const request = post('/access/v1/evaluation', body, token);
      request.headers.set('idempotency-key', 'k-1');
      const response = await evaluationHandler(request, context());
      return (await response.json()) as { code?: string; context?: { id: string } };
    };
    const first = await ask(asking('read_note'));
    expect((await ask(asking('read_note'))).context?.id).toBe(first.context?.id);
    expect((await ask(asking('write_note'))).code).toBe('idempotency_key_reused');
  });

  it('answers for several at once, in order, with what they inherit', async () => {
    const ask = async (semantic: string) => {
      const { subject, resource } = asking('read_note');
      const body = {
        subject,
        resource,
        options: { evaluations_semantic: semantic },
        evaluations: ['read_note', 'write_note', 'read_note'].map((name) => ({ action: { name } })),
      };
      const response = await evaluationsHandler(
        post('/access/v1/evaluations', body, token),
        context(),
      );
      const { evaluations } = (await response.json()) as { evaluations: { decision: boolean }[] };
      return evaluations.map(({ decision }) => decision);
    };
    expect(await ask('execute_all')).toEqual([true, false, true]);
    expect(await ask('deny_on_first_deny')).toEqual([true, false]);
    expect(await ask('permit_on_first_permit')).toEqual([true]);
  });
});

describe('sessions and signals of an agent', () => {
  let token: string;
  beforeEach(async () => {
    token = (await login(await assertion())).body['access_token'] ?? '';
  });

  it('opens a session once, and not again with another request', async () => {
    const open = async (request: string) =>
      (
        await openSessionHandler(
          post('/api/v1/sessions', { id: 's-1', agent, request }, token),
          context(),
        )
      ).status;
    expect(await open('Write my notes.')).toBe(201);
    expect(await open('Write my notes.')).toBe(201);
    expect(await open('Pay somebody.')).toBe(409);
  });

  it('takes evidence once a source and id, and its own word lifts nothing', async () => {
    const send = async (kind: string, id: string) => {
      const event = {
        specversion: '1.0',
        id,
        source: 'test',
        type: `belay.signal.${kind}`,
        subject: agent,
      };
      const response = await signalsHandler(
        post('/api/v1/signals', event, token, 'application/cloudevents+json'),
        context(),
      );
      return { status: response.status, body: (await response.json()) as unknown };
    };
    const score = async () =>
      (
        await sql<{ score: number }>('SELECT score FROM trust_states WHERE agent_id = $1', [agent])
      )[0]?.score ?? -1;
    expect(await send('outcome.task_succeeded', 'e-1')).toEqual({
      status: 202,
      body: { accepted: 1, duplicates: 0 },
    });
    const before = await score();
    expect(await send('outcome.task_succeeded', 'e-1')).toEqual({
      status: 202,
      body: { accepted: 0, duplicates: 1 },
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => send('outcome.task_succeeded', `f-${i}`)),
    );
    expect(await score()).toBeLessThanOrEqual(before);
    expect(await send('outcome.no_such_kind', 'e-2')).toMatchObject({
      status: 422,
      body: { code: 'signals_refused' },
    });
  });
});
