import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { issueAgentToken, issuer } from '@/lib/auth/agents';
import { newId, sql } from '@/lib/db';
import { jwksHandler } from '@/lib/http/agents/discovery';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { call, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { makeAgent, makeKeyContext, makeWorkspace } from '@/lib/services/testing/fixture';
import { getAttestation } from './attestation';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await makeFleet();
});

const attest = (key = fleet.key('viewer'), id = fleet.agentId) =>
  call<{ token: string; expiresAt: string; code?: string }>(getAttestation, {
    method: 'GET',
    key,
    params: { id },
  });

/** The same with what the caller wants to have in it. */
async function attestWith(query: Record<string, string>, id = fleet.agentId) {
  const request = new Request(`http://localhost:3000/x?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${fleet.key('viewer')}` },
  });
  const response = await getAttestation(request, { params: Promise.resolve({ id }) });
  const body = (await response.json()) as { token: string; code?: string };
  return { status: response.status, body };
}

/** As a stranger would: with the published keys alone. */
async function verify(token: string, currentDate = new Date()) {
  const request = new Request('http://localhost:3000/.well-known/jwks.json');
  const published = await jwksHandler(request, { params: Promise.resolve({}) });
  const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet);
  return jwtVerify(token, keys, {
    issuer: issuer(),
    algorithms: ['EdDSA'],
    typ: 'belay-attestation+jwt',
    currentDate,
  });
}

describe('an attestation', () => {
  it('says how far an agent is trusted, signed with a published key', async () => {
    await fleet.signal('behavior.output_toxicity');
    const { status, body } = await attest();
    expect(status).toBe(200);
    const { payload } = await verify(body.token);
    const detail = await fleet.detail();
    const [head] = await sql<{ seq: number; hash: string }>(
      'SELECT seq, hash FROM ledger_heads WHERE workspace_id = $1',
      [fleet.workspace.id],
    );
    expect(payload).toMatchObject({
      sub: fleet.agentId,
      rung: detail.trust.rung,
      pinnedRung: 4,
      status: 'active',
      layers: { behavior: { coverage: expect.any(Number) as number, alarm: true } },
      dimensions: detail.dimensions,
      scoreVelocity: detail.scoreVelocity,
      badges: [],
      restrictions: [{ kind: 'block_output' }],
      openIncidents: 1,
      ledger: { seq: head?.seq, hash: head?.hash },
    });
    expect(payload['score']).toBeCloseTo(detail.trust.score, 6);
  });

  it('is good for five minutes, and not for what its bytes do not say', async () => {
    const { token, expiresAt } = (await attest()).body;
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(300_000);
    await expect(verify(token, new Date(Date.now() + 301_000))).rejects.toThrow('exp');
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, score: 1 })).toString('base64url');
    await expect(verify(`${header}.${forged}.${signature}`)).rejects.toThrow('signature');
  });

  it('opens no door: it is no agent token', async () => {
    const { token } = (await attest()).body;
    const answer = await call<{ code: string }>(evaluationHandler, { key: token, body: {} });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });

  it('is given to the agent itself, and about no other agent', async () => {
    const other = await makeAgent(fleet.workspace, { name: 'Another' });
    const actor = {
      kind: 'agent',
      agentId: fleet.agentId,
      workspaceId: fleet.workspace.id,
    } as const;
    const token = await issueAgentToken(actor, Date.now());
    expect((await attest(token)).status).toBe(200);
    expect(await attest(token, other.id)).toMatchObject({
      status: 403,
      body: { code: 'subject_mismatch' },
    });
  });

  it('is for the service and the tools it was asked for, and bound to a key of the agent', async () => {
    const { id, keys } = await fleet.detail();
    const [key] = keys;
    const { kty, crv, x } = key?.publicKey ?? {};
    const jkt = await calculateJwkThumbprint({ kty, crv, x });
    const asked = await attestWith({ audience: 'https://shop.example', scope: 'crm.read', jkt });
    expect((await verify(asked.body.token)).payload).toMatchObject({
      sub: id,
      aud: 'https://shop.example',
      scope: 'crm.read',
      cnf: { jkt },
    });
    const stranger = await attestWith({ jkt: 'not-one-of-its-keys' });
    expect(stranger).toMatchObject({ status: 422, body: { code: 'unknown_agent_key' } });
    const unnamed = await attest();
    expect((await verify(unnamed.body.token)).payload).toMatchObject({ cnf: { jkt } });
    expect((await verify(unnamed.body.token)).payload).not.toHaveProperty('aud');
  });

  it('names of the tools it was asked for those that the pact holds', async () => {
    const agent = await makeAgent(fleet.workspace, {
      name: 'Narrow',
      pact: { tools: ['crm.read', 'crm.update'] },
    });
    const asked = await attestWith({ scope: 'crm.update crm.erase' }, agent.id);
    expect((await verify(asked.body.token)).payload).toMatchObject({ scope: 'crm.update' });
  });

  it('is given alone to those who accept nothing else', async () => {
    const request = new Request('http://localhost:3000/', {
      headers: { authorization: `Bearer ${fleet.key('viewer')}`, accept: 'application/jwt' },
    });
    const params = Promise.resolve({ id: fleet.agentId });
    const response = await getAttestation(request, { params });
    expect(response.headers.get('content-type')).toBe('application/jwt');
    await verify(await response.text());
  });

  it('is nothing in another workspace, or of an agent nobody knows', async () => {
    const { key } = await makeKeyContext(await makeWorkspace(), 'admin');
    expect((await attest(key)).status).toBe(404);
    expect((await attest(undefined, newId())).status).toBe(404);
  });
});
