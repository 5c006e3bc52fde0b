/** Permits of a real Belay, checked offline as a tool server would, and spent online. */
import { generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuer } from '@/lib/auth/agents';
import { sql } from '@/lib/db';
import { raisePlane, setStage, type AgentStage } from '@/lib/http/testing/agent-stage';
import { actionDigest as digestOfBelay } from '@/lib/ledger';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  actionDigest,
  redeemPermit,
  Refused,
  verifyPermit,
  type PermitExpectation,
} from './index.js';

const ACTION = {
  name: 'note.write',
  properties: { arguments: { text: 'é', n: 1e21 }, draft: true },
};
const RESOURCE = { type: 'note', id: 'n-1', properties: { owner: 'me' } };

let plane: Awaited<ReturnType<typeof raisePlane>>;
let stage: AgentStage;
let jwks: { keys: JWK[] };
let permit: string;
let decisionId: string;
let expected: PermitExpectation;

beforeAll(async () => {
  plane = await raisePlane();
});
beforeEach(async () => {
  stage = await setStage(plane.url);
  jwks = (await (await fetch(`${plane.url}/.well-known/jwks.json`)).json()) as typeof jwks;
  const { client } = stage.belay();
  const { context } = await client.evaluate({ action: ACTION, resource: RESOURCE });
  permit = context.permit?.token ?? '';
  decisionId = context.id;
  const [row] = await sql<{ version: number }>(
    'SELECT max(version)::int AS version FROM policies WHERE workspace_id = $1',
    [stage.workspace.id],
  );
  const policyVersion = row?.version ?? 0;
  expected = { jwks, issuer: issuer(), action: ACTION, resource: RESOURCE, policyVersion };
});
afterEach(() => stage.end());
afterAll(() => plane.close());

const verify = (changes: Partial<PermitExpectation> = {}, token = permit) =>
  verifyPermit(token, { ...expected, ...changes });
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a permit', () => {
  it('is good for exactly the action that was decided', async () => {
    expect(await verify()).toMatchObject({ decisionId, agentId: stage.agentId });
    expect(await verify({ agent: stage.agentId })).toMatchObject({ decisionId });
    // The order of members and of properties says nothing.
    const { arguments: given } = ACTION.properties;
    const turned = {
      properties: { draft: true, arguments: { n: given.n, text: given.text } },
      name: ACTION.name,
    };
    await verify({ action: turned });
  });

  it('is good for no other tool, argument, resource, session or policy, and for no other agent', async () => {
    const { properties } = ACTION;
    const others: Partial<PermitExpectation>[] = [
      { action: { ...ACTION, name: 'note.erase' } },
      { action: { ...ACTION, properties: { ...properties, arguments: { text: 'e', n: 1e21 } } } },
      { action: { ...ACTION, properties: { ...properties, draft: false } } },
      { resource: { ...RESOURCE, id: 'n-2' } },
      { resource: { type: 'note', id: 'n-1' } },
      { session: 's-1' },
      { policyVersion: 99 },
    ];
    for (const other of others)
      await expect(verify(other)).rejects.toEqual(refused('action_differs'));
    await expect(verify({ agent: 'another' })).rejects.toEqual(refused('permit_of_another'));
  });

  it('has an end', async () => {
    const { expiresAt } = await verify();
    const now = expiresAt.getTime() + 6_000;
    await expect(verify({ now })).rejects.toEqual(refused('permit_expired'));
  });

  it('of another Belay, another kind or another algorithm is none', async () => {
    const claims = JSON.parse(
      Buffer.from(permit.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    const typ = 'belay-permit+jwt';
    const kid = jwks.keys[0]?.kid ?? '';
    const own = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      `${part({ alg: 'none', typ, kid })}.${part(claims)}.`,
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ, kid })
        .sign(Buffer.from(jwks.keys[0]?.x ?? '', 'base64url')),
      await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ, kid }).sign(own.privateKey),
      (await stage.belay().client.attestation()).token,
      'nonsense',
    ];
    for (const token of forged)
      await expect(verify({}, token)).rejects.toEqual(refused('permit_invalid'));
    await expect(verify({ issuer: 'https://other.example' })).rejects.toEqual(
      refused('permit_invalid'),
    );
  });

  it('is spent once online, and not when something was stopped meanwhile', async () => {
    const spend = (key = stage.fleet.key('gateway')) =>
      redeemPermit({ url: plane.url, key, decisionId, action: ACTION, resource: RESOURCE });
    await expect(spend(stage.fleet.key('viewer'))).rejects.toMatchObject({ status: 403 });
    expect(await spend()).toHaveProperty('redeemedAt');
    await expect(spend()).rejects.toThrow(Refused);
    const { client } = stage.belay();
    const { context } = await client.evaluate({ action: ACTION, resource: RESOURCE });
    await setKillSwitch(stage.workspace.as('manager'), {
      scope: { type: 'workspace' },
      mode: 'halt',
      reason: 'Stop',
    });
    decisionId = context.id;
    await expect(spend()).rejects.toEqual(refused('not_redeemable'));
  });
});

describe('the digest of an action', () => {
  it('is the one that Belay computes', async () => {
    const { arguments: given, ...others } = ACTION.properties;
    const facts = { agent: 'a', session: null, policyVersion: '3', resource: RESOURCE };
    expect(await actionDigest({ action: ACTION, ...facts })).toBe(
      digestOfBelay({ tool: ACTION.name, arguments: { ...others, ...given }, ...facts }),
    );
  });
});
