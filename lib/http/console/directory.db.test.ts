import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuer, publicKeySet } from '@/lib/auth/agents';
import type { DirectoryEntry, DirectorySettings } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { makeSigningAgent, ORIGIN, type SigningAgent } from '@/lib/http/testing/signing-agents';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { setDirectorySettings } from '@/lib/services/directory/settings';
import {
  ledgerKinds,
  makeKeyContext,
  makeWorkspace,
  nobody,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getDirectoryEntry } from './directory';

let workspace: TestWorkspace;
let agent: SigningAgent;
/** Of another workspace. */
let key: string;
let stranger: SigningAgent;

beforeAll(async () => {
  const elsewhere = await makeWorkspace();
  ({ key } = await makeKeyContext(elsewhere, 'viewer'));
  stranger = await makeSigningAgent(elsewhere);
});
beforeEach(async () => {
  workspace = await makeWorkspace();
  agent = await makeSigningAgent(workspace, { name: 'published', owner: 'olga@example.org' });
});

const publish = (settings: DirectorySettings) =>
  setDirectorySettings(workspace.as('admin'), settings);

async function lookUp(id: string, credential?: string) {
  const response = await getDirectoryEntry(
    new Request(`${ORIGIN}/api/v1/directory/${id}`, {
      headers: {
        'x-request-id': 'r-1',
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      },
    }),
    { params: Promise.resolve({ id }) },
  );
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
}

const entryOf = ({ text }: { text: string }) => JSON.parse(text) as DirectoryEntry;

describe('an agent in the directory', () => {
  it('is nobody’s business unless its workspace publishes it', async () => {
    const hidden = await lookUp(agent.id);
    expect(hidden.status).toBe(404);
    for (const other of [await lookUp(newId()), await lookUp('no-id'), await lookUp(agent.id, key)])
      expect(other).toEqual(hidden);
  });

  it('is shown to members of other workspaces, and to nobody else', async () => {
    await publish({ audience: 'members', showOwner: false });
    expect(await lookUp(agent.id)).toEqual(await lookUp(newId()));
    const seen = await lookUp(agent.id, key);
    expect(seen.headers['cache-control']).toBe('private, max-age=60');
    expect(entryOf(seen)).toMatchObject({ id: agent.id, name: 'published', status: 'active' });
    expect((await lookUp(agent.id, await stranger.token())).status).toBe(200);
    expect((await lookUp(agent.id, 'bk_nonsense')).status).toBe(401);
  });

  it('is shown to anyone with its keys, and with its owner where the workspace says so', async () => {
    await publish({ audience: 'anyone', showOwner: false });
    const seen = await lookUp(agent.id);
    expect(seen.headers['cache-control']).toBe('public, max-age=60');
    expect(entryOf(seen).owner).toBeUndefined();
    expect(entryOf(seen).keys).toMatchObject([{ kty: 'OKP', x: agent.publicJwk['x'], use: 'sig' }]);
    await publish({ audience: 'anyone', showOwner: true });
    expect(entryOf(await lookUp(agent.id)).owner).toBe('olga@example.org');
    expect(await ledgerKinds(workspace.id)).toContain('directory.changed');
  });

  it('has an attestation that anybody can check', async () => {
    await publish({ audience: 'anyone', showOwner: false });
    const { attestation, keys } = entryOf(await lookUp(agent.id));
    const set = createLocalJWKSet(await publicKeySet());
    const { payload } = await jwtVerify(attestation.token, set, {
      issuer: issuer(),
      typ: 'belay-attestation+jwt',
    });
    expect(payload).toMatchObject({
      sub: agent.id,
      status: 'active',
      keys: keys.map(({ kid }) => kid),
    });
    expect(payload['workspace']).toBeUndefined();
  });

  it('shows no key that is not in force', async () => {
    await publish({ audience: 'anyone', showOwner: false });
    await sql('UPDATE agent_keys SET expires_at = now() WHERE workspace_id = $1', [workspace.id]);
    expect(entryOf(await lookUp(agent.id)).keys).toEqual([]);
    await revokeAgent(nobody(workspace), agent.id, 'Over');
    expect(entryOf(await lookUp(agent.id))).toMatchObject({ status: 'revoked', keys: [] });
  });

  it('is published by admins alone', async () => {
    const settings = { audience: 'anyone', showOwner: true } as const;
    await expect(setDirectorySettings(workspace.as('manager'), settings)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('is looked up so often and not more by one caller', async () => {
    const { key: busy } = await makeKeyContext(workspace, 'viewer');
    const statuses = new Set<number>();
    for (let times = 0; times < 250; times += 1) statuses.add((await lookUp(newId(), busy)).status);
    expect(statuses).toEqual(new Set([404, 429]));
  });
});
