/** Permits over HTTP: checked offline as docs/permits.md says, and redeemed once of any number of callers. */
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuer } from '@/lib/auth/agents';
import type { DecisionStatus, EvaluationResponse } from '@/lib/contracts';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { makeFleet } from '@/lib/http/testing/fleet';

let plane: Plane;
let url: string;
let fleet: Awaited<ReturnType<typeof makeFleet>>;
beforeAll(async () => {
  plane = await startPlane(0);
  url = `http://localhost:${plane.port}`;
  fleet = await makeFleet();
});
afterAll(() => plane.close());

const ACTION = {
  action: { name: 'note.write', properties: { arguments: { text: 'Grüße', n: 1.5 }, mode: 'add' } },
  resource: { type: 'note', id: 'n-1', properties: { tags: ['b', 'a'] } },
};

async function send<Body>(path: string, body?: unknown) {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${fleet.key('gateway')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}
const evaluate = async () =>
  (
    await send<EvaluationResponse>('/access/v1/evaluation', {
      subject: { type: 'agent', id: fleet.agentId },
      ...ACTION,
    })
  ).body.context;
const redeem = (id: string, action: object) =>
  send<{ code?: string; state?: string }>(`/api/v1/decisions/${id}/redeem`, action);

describe('a permit', () => {
  it('is verified by a tool server with the key set and the four things it was given', async () => {
    const { id, permit } = await evaluate();
    const { body: keys } = await send<JSONWebKeySet>('/.well-known/jwks.json');
    const { payload, protectedHeader } = await jwtVerify(
      permit?.token ?? '',
      createLocalJWKSet(keys),
      { algorithms: ['EdDSA'], typ: 'belay-permit+jwt', issuer: issuer(), subject: fleet.agentId },
    );
    expect(protectedHeader.alg).toBe('EdDSA');
    const covered = canonicalText({
      domain: 'belay.action.v1',
      tool: 'note.write',
      arguments: { text: 'Grüße', n: 1.5, mode: 'add' },
      resource: ACTION.resource,
      agent: fleet.agentId,
      session: permit?.session ?? null,
      policyVersion: permit?.policyVersion,
    });
    expect(payload['digest']).toBe(sha256Hex(covered));
    expect(payload['decision']).toBe(id);
    expect((payload.exp ?? 0) * 1000).toBeLessThanOrEqual(Date.parse(permit?.expiresAt ?? ''));
    const { body: status } = await send<DecisionStatus>(`/api/v1/decisions/${id}`);
    expect(status.permit).toMatchObject({
      session: permit?.session,
      policyVersion: permit?.policyVersion,
    });
  });

  it('passes one of a hundred callers at the same time, and tells the others why not', async () => {
    const { id } = await evaluate();
    const answers = await Promise.all(Array.from({ length: 100 }, () => redeem(id, ACTION)));
    const passed = answers.filter(({ status }) => status === 200);
    expect(passed.map(({ body }) => body.state)).toEqual(['redeemed']);
    const others = answers.filter(({ status }) => status !== 200);
    expect(others).toHaveLength(99);
    for (const { status, body } of others)
      expect([status, body.code]).toEqual([409, 'already_redeemed']);
  });

  it('is for its own arguments, tool and resource, and is not spent by others', async () => {
    const { id } = await evaluate();
    const { action, resource } = ACTION;
    for (const other of [
      { action: { ...action, properties: { ...action.properties, mode: 'set' } }, resource },
      { action: { ...action, properties: { arguments: { text: 'Grüße' } } }, resource },
      { action: { ...action, name: 'note.erase' }, resource },
      { action, resource: { type: 'note', id: 'n-2' } },
      { action, resource: { type: 'note', id: 'n-1' } },
    ]) {
      const { status, body } = await redeem(id, other);
      expect([status, body.code]).toEqual([422, 'action_differs']);
    }
    expect((await redeem(id, ACTION)).status).toBe(200);
  });
});

describe('an evaluation whose caller runs it at once', () => {
  const ask = async (headers: Record<string, string> = {}, tool = 'note.write') => {
    const action = { ...ACTION.action, name: tool };
    const response = await fetch(`${url}/access/v1/evaluation`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${fleet.key('gateway')}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({
        subject: { type: 'agent', id: fleet.agentId },
        ...ACTION,
        action,
        context: { redeem: true },
      }),
    });
    return ((await response.json()) as EvaluationResponse).context;
  };
  const stateOf = async (id: string) =>
    (await send<DecisionStatus>(`/api/v1/decisions/${id}`)).body.state;

  it('spends the permit with the decision, so that nobody spends it again', async () => {
    const { id, outcome, redeemedAt, permit } = await ask();
    expect([outcome, permit]).toEqual(['allow', undefined]);
    expect(Date.parse(redeemedAt ?? '')).toBeGreaterThan(0);
    expect(await stateOf(id)).toBe('redeemed');
    const again = await redeem(id, ACTION);
    expect([again.status, again.body.code]).toEqual([409, 'already_redeemed']);
    const ledger = await fleet.ledger();
    expect(ledger.slice(-2)).toEqual(['decision.made', 'permit.redeemed']);
    const told = await send(`/api/v1/decisions/${id}/outcome`, { status: 'succeeded' });
    expect(told.status).toBe(200);
  });

  it('runs once, also when it is sent twice with one key: whose answer was lost is not told to run', async () => {
    const key = { 'idempotency-key': 'once' };
    expect((await ask(key)).outcome).toBe('allow');
    const again = await ask(key);
    expect(again.outcome).toBe('deny');
    expect(again.reasons[0]?.code).toBe('repeat.already_redeemed');
  });

  it('spends nothing of what is not allowed', async () => {
    const waits = await ask({}, 'never.described');
    expect([waits.outcome, waits.redeemedAt]).toEqual(['require_approval', undefined]);
    expect(await stateOf(waits.id)).toBe('pending');
  });
});
