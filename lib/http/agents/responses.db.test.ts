import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { publicJwkSchema, type AgentDetail } from '@/lib/contracts';
import { newId } from '@/lib/db';
import { postLift } from '@/lib/http/console/agents';
import { getResponses } from '@/lib/http/console/governance';
import { call, HOUR_MS, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { tokenHandler } from './token';

/** The clock of the handlers; it begins on a whole hour. */
const START = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
let fleet: Fleet;
const at = (ms: number) => vi.setSystemTime(START + ms);

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  at(0);
  fleet = await makeFleet();
});

const kinds = async () => (await fleet.detail()).restrictions.map(({ kind }) => kind);

async function lift(role: 'viewer' | 'analyst', reason = 'Looked at it: harmless') {
  const [restriction] = (await fleet.detail()).restrictions;
  const params = { id: fleet.agentId, restriction: restriction?.id ?? newId() };
  const key = fleet.key(role);
  return call<AgentDetail & { code?: string }>(postLift, { key, params, body: { reason } });
}

describe('quarantine', () => {
  it('follows when over 15 % of at least 20 reported calls failed, stops writes and leaves reads', async () => {
    for (let n = 0; n < 17; n += 1) await fleet.report('succeeded');
    for (let n = 0; n < 3; n += 1) await fleet.report('failed');
    expect(await fleet.may('note.write')).toBe('allow');
    await fleet.report('failed');
    expect(await fleet.may('note.write')).toBe('restriction.quarantine');
    expect(await fleet.may('note.read')).toBe('allow');
    expect((await fleet.detail()).restrictions).toMatchObject([
      { kind: 'quarantine', signalKind: 'behavior.error_rate', until: null },
    ]);
    expect(await fleet.ledger()).toContain('restriction.imposed');
  });

  it('follows a burst of irreversible writes, from the next action of the same moment on', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 21; n += 1) answers.push(await fleet.may('note.erase'));
    expect(answers.indexOf('restriction.quarantine')).toBe(20);
    expect(await fleet.incident('behavior.destructive_burst')).toMatchObject({ severity: 2 });
    expect(await fleet.may('note.read')).toBe('allow');
  });

  it('follows for actions that are decided in one batch', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => fleet.may('note.erase')));
    expect(answers.filter((answer) => answer === 'restriction.quarantine')).toHaveLength(10);
  });

  it('is lifted by an analyst with a reason, and by nobody below', async () => {
    await fleet.signal('identity.attestation_failed');
    expect(await kinds()).toEqual(['quarantine']);
    expect(await lift('viewer')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await lift('analyst', '  ')).status).toBe(400);
    expect(await fleet.may('note.write')).toBe('restriction.quarantine');
    const lifted = await lift('analyst');
    expect(lifted).toMatchObject({ status: 200, body: { restrictions: [] } });
    expect(await fleet.may('note.write')).toBe('allow');
    expect(await fleet.ledger()).toContain('restriction.lifted');
    expect((await lift('analyst')).status).toBe(404);
  });

  it('also stops a permit that was given before it', async () => {
    const { context } = await fleet.ask('note.write');
    await fleet.signal('identity.attestation_failed');
    const { redeemHandler } = await import('./decisions');
    const body = {
      action: { name: 'note.write', properties: { arguments: { n: 1 } } },
      resource: { type: 'note', id: 'n-1' },
    };
    const key = fleet.key('gateway');
    const answer = await call(redeemHandler, { key, params: { id: context.id }, body });
    expect(answer).toMatchObject({ status: 409, body: { code: 'stopped' } });
  });
});

describe('a throttle', () => {
  const calls = async (count: number) => {
    const answers: string[] = [];
    for (let n = 0; n < count; n += 1) answers.push(await fleet.may('note.read'));
    return answers.filter((answer) => answer === 'allow').length;
  };

  it('follows over 200 % of the usual volume, lets ten calls a minute through, and ends after an hour', async () => {
    for (let hour = 0; hour < 24; hour += 1) {
      at(hour * HOUR_MS);
      await Promise.all(Array.from({ length: 16 + (hour % 3) }, () => fleet.may('note.read')));
    }
    const busy = 24 * HOUR_MS;
    at(busy);
    expect(await calls(34)).toBe(34);
    expect(await kinds()).toEqual([]);
    expect(await calls(1)).toBe(1);
    expect(await kinds()).toEqual(['throttle']);
    const stopped = await fleet.ask('note.read');
    expect(stopped.context.reasons[0]).toMatchObject({ code: 'restriction.throttle' });
    expect(stopped.context.reasons[0]?.remedy).toContain('Ask again in 60 seconds');
    at(busy + 60_000);
    expect(await calls(15)).toBe(10);
    at(busy + HOUR_MS);
    expect(await calls(15)).toBe(15);
    expect(await kinds()).toEqual([]);
  });
});

describe('re-verification', () => {
  it.each(['behavior.new_endpoint', 'behavior.new_credential'])(
    'follows %s, stops everything, and ends when the agent proves its key anew',
    async (kind) => {
      const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
      const publicKey = publicJwkSchema.parse(await exportJWK(pair.publicKey));
      fleet = await makeFleet({ publicKey });
      await fleet.signal(kind);
      expect(await fleet.may('note.read')).toBe('restriction.reverify');
      const seconds = Math.floor(Date.now() / 1000);
      const assertion = await new SignJWT({ jti: newId() })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(fleet.agentId)
        .setSubject(fleet.agentId)
        .setAudience('http://localhost:3000/oauth/token')
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 60)
        .sign(pair.privateKey);
      const response = await tokenHandler(
        new Request('http://localhost:3000/oauth/token', {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: assertion,
          }),
        }),
        { params: Promise.resolve({}) },
      );
      expect(response.status).toBe(200);
      expect(await fleet.may('note.read')).toBe('allow');
      expect(await fleet.ledger()).toContain('restriction.lifted');
    },
  );
});

describe('blocked output', () => {
  it('follows toxicity over 0.7, with an incident, and stops what goes outside', async () => {
    await fleet.signal('behavior.output_toxicity', { magnitude: 0.7 });
    expect(await kinds()).toEqual([]);
    expect(await fleet.incidents()).toEqual([]);
    await fleet.signal('behavior.output_toxicity', { magnitude: 0.71 });
    expect(await fleet.may('mail.send')).toBe('restriction.block_output');
    expect(await fleet.may('note.write')).toBe('allow');
    expect(await fleet.incident('behavior.output_toxicity')).toMatchObject({ severity: 2 });
  });
});

describe('severity 1', () => {
  it('suspends at once: harmless reads go on until the root cause is written down', async () => {
    await fleet.signal('behavior.injection_confirmed');
    expect((await fleet.detail()).status).toBe('suspended');
    expect(await fleet.may('note.write')).toBe('agent.suspended');
    expect(await fleet.may('salary.read')).toBe('agent.suspended');
    expect(await fleet.may('note.read')).toBe('allow');
    const { id } = await fleet.incident('behavior.injection_confirmed');
    expect(await fleet.close(id)).toMatchObject({
      status: 422,
      body: { code: 'root_cause_required' },
    });
    expect((await fleet.explain(id)).status).toBe(200);
    expect((await fleet.detail()).status).toBe('active');
    expect(await fleet.may('note.write')).not.toBe('agent.suspended');
    expect(await fleet.ledger()).toEqual(
      expect.arrayContaining(['agent.suspended', 'agent.reinstated', 'override.ended']),
    );
    expect((await fleet.close(id)).status).toBe(200);
  });

  it('suspends again when more evidence joins an incident that was explained', async () => {
    await fleet.signal('outcome.damage_confirmed');
    const { id } = await fleet.incident('outcome.damage_confirmed');
    await fleet.explain(id);
    await fleet.signal('outcome.damage_confirmed');
    expect((await fleet.detail()).status).toBe('suspended');
    expect((await fleet.close(id)).status).toBe(422);
  });

  it('waits for the root cause of every severe incident', async () => {
    await fleet.signal('outcome.damage_confirmed');
    await fleet.signal('behavior.injection_confirmed');
    await fleet.explain((await fleet.incident('outcome.damage_confirmed')).id);
    expect((await fleet.detail()).status).toBe('suspended');
    await fleet.explain((await fleet.incident('behavior.injection_confirmed')).id);
    expect((await fleet.detail()).status).toBe('active');
  });
});

describe('the table of responses', () => {
  it('says of each threshold what follows, the severest first', async () => {
    const answer = await call<{ items: { kind: string; severity: number | null }[] }>(
      getResponses,
      { method: 'GET', key: fleet.key('viewer') },
    );
    expect(answer.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'behavior.volume_high',
          restriction: expect.objectContaining({ kind: 'throttle' }) as unknown,
        }),
        expect.objectContaining({ kind: 'evaluation.safety_low', severity: 1 }),
      ]),
    );
    expect(answer.body.items[0]?.severity).toBe(1);
  });
});
