import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import {
  askToken,
  makeSigningAgent,
  SigningAgent,
  type TokenAnswer,
} from '@/lib/http/testing/signing-agents';
import { signedRequest } from '@/lib/http/testing/signed-requests';
import { openSessionHandler } from '@/lib/http/agents/sessions';
import {
  ledgerKinds,
  makeTool,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { forgetEndedCredentials } from '@/lib/services/upkeep/key-expiries';
import { exportJWK, generateKeyPair } from 'jose';
import { publicJwkSchema } from '@/lib/contracts';
import { getAgent } from './get';
import { listAgents } from './list';
import { listAgentKeys } from './list-keys';
import { revokeAgentKey } from './revoke-key';
import { rotateAgentKey } from './rotate-key';

const DAY_MS = 86_400_000;
let workspace: TestWorkspace;
let agent: SigningAgent;

beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  agent = await makeSigningAgent(workspace);
});

const manager = (at = Date.now()) => workspace.as('manager', new Date(at));
const code = (name: string) => expect.objectContaining({ code: name }) as unknown;
const codeOf = ({ status, body }: TokenAnswer) => (status === 200 ? 'in' : String(body['code']));

/** The same agent with a key of its own making, not registered yet. */
async function withNewKey(): Promise<SigningAgent> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = publicJwkSchema.parse(await exportJWK(pair.publicKey));
  return new SigningAgent(agent.id, pair.privateKey, jwk);
}

const rotate = (to: SigningAgent, options: Parameters<typeof rotateAgentKey>[3] = {}) =>
  rotateAgentKey(manager(), agent.id, publicJwkSchema.parse(to.publicJwk), options);

async function kidOf(of: SigningAgent): Promise<string> {
  const { items } = await listAgentKeys(manager(), agent.id);
  return items.find(({ publicKey }) => publicKey.x === of.publicJwk['x'])?.kid ?? '';
}

describe('a key that is replaced', () => {
  it('stays in force for the overlap, and not longer', async () => {
    const next = await withNewKey();
    await rotate(next, { overlapSeconds: 3_600 });
    expect(codeOf(await agent.ask())).toBe('in');
    expect(codeOf(await next.ask())).toBe('in');
    const { items } = await listAgentKeys(manager(), agent.id);
    expect(items.map(({ state }) => state)).toEqual(['in_force', 'expiring']);
    await sql(
      `UPDATE agent_keys SET expires_at = now() - interval '1 second' WHERE workspace_id = $1 AND expires_at IS NOT NULL`,
      [workspace.id],
    );
    expect(codeOf(await agent.ask())).toBe('key_expired');
    expect(codeOf(await next.ask())).toBe('in');
  });

  it('gives tokens that end with it', async () => {
    await rotate(await withNewKey(), { overlapSeconds: 60 });
    const { body } = await agent.ask();
    expect(Number(body['expires_in'])).toBeLessThanOrEqual(60);
  });

  it('ends at once without an overlap, with the tokens it was used for', async () => {
    const token = await agent.token();
    const next = await withNewKey();
    expect(await agent.may(token, 'note.read')).toBe('allow');
    await rotate(next);
    expect(await agent.may(token, 'note.read')).toBe('agent.credential_revoked');
    expect(codeOf(await agent.ask())).toBe('key_revoked');
    expect(await next.may(await next.token(), 'note.read')).toBe('allow');
  });

  it('is found behind any number of later ones that have expired', async () => {
    await sql(
      `INSERT INTO agent_keys (workspace_id, agent_id, kid, public_jwk, created_at, expires_at)
       SELECT workspace_id, agent_id, kid || n, public_jwk, created_at + interval '1 second', now() - interval '1 second'
       FROM agent_keys CROSS JOIN generate_series(1, 30) AS n WHERE workspace_id = $1 AND agent_id = $2`,
      [workspace.id, agent.id],
    );
    const outsider = await withNewKey();
    expect(codeOf(await agent.ask())).toBe('in');
    expect(codeOf(await outsider.ask())).not.toBe('in');
  });

  it('may stay beside others, up to a number', async () => {
    await rotate(await withNewKey(), { replace: false });
    expect(codeOf(await agent.ask())).toBe('in');
    for (let keys = 3; keys <= 10; keys += 1)
      await rotateAgentKey(manager(), agent.id, newPublicKey(), { replace: false });
    await expect(
      rotateAgentKey(manager(), agent.id, newPublicKey(), { replace: false }),
    ).rejects.toEqual(code('too_many_keys'));
    expect(await ledgerKinds(workspace.id)).toContain('agent.key_added');
  });
});

describe('a key that is revoked', () => {
  it('takes tokens along that were stolen, everywhere, at their next request', async () => {
    const next = await withNewKey();
    await rotate(next, { replace: false });
    const stolen = await agent.token();
    const own = await next.token();
    const helper = await makeSigningAgent(workspace, { name: 'helper' });
    const delegated = await helper.actFor(stolen);
    await revokeAgentKey(manager(), agent.id, { kid: await kidOf(agent), reason: 'Stolen' });
    expect(await agent.may(stolen, 'note.read')).toBe('agent.credential_revoked');
    expect(await helper.may(delegated, 'note.read')).toBe('delegation.credential_revoked');
    expect((await helper.exchange(stolen)).body['code']).toBe('chain_stopped');
    expect(await opening(stolen, agent)).toBe('credential_revoked');
    expect(await opening(delegated, helper)).toBe('chain_broken');
    expect(await opening(own, next)).toBe('opened');
    expect(await next.may(own, 'note.read')).toBe('allow');
    expect(codeOf(await agent.ask())).toBe('key_revoked');
  });

  it('is revoked once, by a manager, and stands in the ledger', async () => {
    const kid = await kidOf(agent);
    await expect(
      revokeAgentKey(workspace.as('reviewer'), agent.id, { kid, reason: 'x' }),
    ).rejects.toEqual(code('forbidden'));
    await expect(
      revokeAgentKey(manager(), agent.id, { kid: 'unknown', reason: 'x' }),
    ).rejects.toEqual(code('not_found'));
    const foreign = (await makeWorkspace()).as('admin');
    await expect(revokeAgentKey(foreign, agent.id, { kid, reason: 'x' })).rejects.toEqual(
      code('not_found'),
    );
    const { keys } = await revokeAgentKey(manager(), agent.id, { kid, reason: 'Lost' });
    expect(keys).toMatchObject([{ kid, state: 'revoked' }]);
    await expect(revokeAgentKey(manager(), agent.id, { kid, reason: 'x' })).rejects.toEqual(
      code('already_revoked'),
    );
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('agent.key_revoked');
  });

  it('is remembered for as long as a token can live, and what was asked with it can wait', async () => {
    await revokeAgentKey(manager(), agent.id, { kid: await kidOf(agent), reason: 'Lost' });
    const left = () =>
      sql('SELECT 1 FROM revoked_credentials WHERE workspace_id = $1', [workspace.id]);
    await forgetEndedCredentials(Date.now() + 49 * 60_000);
    expect(await left()).toHaveLength(1);
    await forgetEndedCredentials(Date.now() + 51 * 60_000);
    expect(await left()).toHaveLength(0);
  });
});

async function opening(token: string, as: SigningAgent): Promise<string> {
  const request = signedRequest(
    as,
    '/api/v1/sessions',
    JSON.stringify({ id: token.slice(-40), agent: as.id, request: 'Read.' }),
  );
  request.headers.set('authorization', `Bearer ${token}`);
  const response = await openSessionHandler(request, { params: Promise.resolve({}) });
  const { code: refusal } = (await response.json()) as { code?: string };
  return refusal ?? 'opened';
}

describe('a key that ends', () => {
  it('is warned about where agents are shown, once it is the last', async () => {
    const soon = new Date(Date.now() + 10 * DAY_MS).toISOString();
    const detail = await rotate(await withNewKey(), { expiresAt: soon });
    expect(detail.keysEnd).toEqual({ at: soon, over: false });
    expect(detail.keys[0]).toMatchObject({ state: 'expiring', addedBy: 'The manager' });
    const { items } = await listAgents(manager(), { sort: 'name', order: 'asc', limit: 10 });
    expect(items[0]?.keysEnd?.at).toBe(soon);
    await rotateAgentKey(manager(), agent.id, newPublicKey(), { replace: false });
    expect((await getAgent(manager(), agent.id)).keysEnd).toBeNull();
  });

  it('cannot begin after its end', async () => {
    const past = new Date(Date.now() - 1_000).toISOString();
    await expect(rotate(await withNewKey(), { expiresAt: past })).rejects.toEqual(
      code('expiry_past'),
    );
  });

  it('is not taken any more for an assertion that was made before', async () => {
    const made = await agent.assertion();
    await sql('UPDATE agent_keys SET expires_at = now() WHERE workspace_id = $1', [workspace.id]);
    const form = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: made,
    };
    expect(codeOf(await askToken(form))).toBe('key_expired');
  });
});
