/** A public key that several agents have registered, when a signed request names it by its thumbprint. */
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { publicJwkSchema } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { outcomeOf, signedRequest, type Signing } from '@/lib/http/testing/signed-requests';
import { makeSigningAgent, pinRung, type SigningAgent } from '@/lib/http/testing/signing-agents';
import { revokeAgentKey } from '@/lib/services/agents/revoke-key';
import {
  makeAgent,
  makeTool,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let agent: SigningAgent;
let keyid: string;

beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  agent = await makeSigningAgent(workspace, { name: 'holder' });
  const [row] = await sql<{ kid: string }>(
    'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2',
    [workspace.id, agent.id],
  );
  keyid = row?.kid ?? '';
});

/** Registers the public key of the agent elsewhere. @returns the agent there, which whoever did cannot sign as */
async function registerElsewhere(): Promise<string> {
  const elsewhere = await makeWorkspace();
  await makeTool(elsewhere, 'note.read');
  const publicKey = publicJwkSchema.parse(agent.publicJwk);
  const { id } = await makeAgent(elsewhere, { name: 'squatter', publicKey });
  await pinRung(elsewhere, id, 4);
  return id;
}
const ask = (signing: Signing = {}) =>
  outcomeOf(
    signedRequest(
      agent,
      '/access/v1/evaluation',
      JSON.stringify(agent.asking('note.read', { n: newId() })),
      signing,
    ),
  );

describe('the thumbprint of a key that somebody registers for an agent of theirs', () => {
  it('still means the agent that has signed with it', async () => {
    expect(await ask({ keyid })).toBe('allow');
    for (let times = 0; times < 3; times += 1) await registerElsewhere();
    expect(await ask({ keyid })).toBe('allow');
  });

  it('means nobody while no agent has, until one signs under its own id', async () => {
    await registerElsewhere();
    expect(await ask({ keyid })).toBe('401 signature_ambiguous');
    expect(await ask()).toBe('allow');
    expect(await ask({ keyid })).toBe('allow');
  });

  it('also means that agent when its key was revoked: nobody is called in its place', async () => {
    expect(await ask()).toBe('allow');
    await registerElsewhere();
    await revokeAgentKey(workspace.as('manager'), agent.id, { kid: keyid, reason: 'Lost' });
    expect(await ask({ keyid })).toBe('401 key_revoked');
  });

  it('does not tell anybody without the key that several have it', async () => {
    await registerElsewhere();
    const { privateKey: key } = generateKeyPairSync('ed25519');
    expect(await ask({ keyid, key })).toBe('401 bad_signature');
  });

  it('means none of several that have signed with it', async () => {
    const other = await registerElsewhere();
    expect(await ask()).toBe('allow');
    await sql('UPDATE agent_keys SET last_used_at = now() WHERE agent_id = $1', [other]);
    expect(await ask({ keyid })).toBe('401 signature_ambiguous');
    expect(await ask()).toBe('allow');
  });
});
