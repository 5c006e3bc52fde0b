import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentDigest } from '@/lib/auth/agents/message-signature/content-digest';
import { GRANT_TYPES } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { getAttestation } from '@/lib/http/console/attestation';
import {
  outcomeOf,
  sendSigned,
  signedRequest,
  tampered,
  type Signing,
} from '@/lib/http/testing/signed-requests';
import {
  askToken,
  makeSigningAgent,
  ORIGIN,
  seconds,
  type SigningAgent,
} from '@/lib/http/testing/signing-agents';
import { revokeAgent } from '@/lib/services/agents/revoke';
import {
  makeTool,
  makeWorkspace,
  nobody,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { decisionStatusHandler } from './decisions';
import { openSessionHandler } from './sessions';
import { tokenHandler } from './token';

const PATH = '/access/v1/evaluation';
let workspace: TestWorkspace;
let agent: SigningAgent;
let other: SigningAgent;
let body: string;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  agent = await makeSigningAgent(workspace, { name: 'signer' });
  other = await makeSigningAgent(workspace, { name: 'other' });
});
beforeEach(() => {
  body = JSON.stringify(agent.asking('note.read', { n: newId() }));
});

const fields = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `"x-field-${at}"`);

/** A request that says its signature covers more, in fields that it has. */
function covering(...more: string[]): Request {
  const request = signed();
  const input = request.headers.get('signature-input') ?? '';
  const headers = Object.fromEntries(fields(40).map((name) => [name.replaceAll('"', ''), 'here']));
  const covers = input.replace('"content-digest"', ['"content-digest"', ...more].join(' '));
  return tampered(request, { body, headers: { ...headers, 'signature-input': covers } });
}

const signed = (signing: Signing = {}) => signedRequest(agent, PATH, body, signing);

describe('a request that its agent signed', () => {
  it('needs no token, with the id of the agent or the thumbprint of its key', async () => {
    expect(await outcomeOf(signed())).toBe('allow');
    const [row] = await sql<{ kid: string }>(
      'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2',
      [workspace.id, agent.id],
    );
    expect(await outcomeOf(signed({ keyid: row?.kid, alg: 'ed25519', tag: 'belay' }))).toBe(
      'allow',
    );
  });

  it('may cover the parts of its address, and more', async () => {
    const components = [
      '@method',
      '@authority',
      '@path',
      '@query',
      'content-digest',
      'content-type',
    ];
    expect(await outcomeOf(signed({ components }))).toBe('allow');
    expect(await outcomeOf(signed({ origin: 'http://127.0.0.1:3000' }))).toBe('allow');
  });

  it('opens every door a token opens', async () => {
    const session = JSON.stringify({ id: newId(), agent: agent.id, request: 'Read my notes.' });
    const opened = await sendSigned(
      signedRequest(agent, '/api/v1/sessions', session),
      openSessionHandler,
    );
    expect(opened.status).toBe(201);
    const { context } = await sendSigned(signed());
    const id = context?.id ?? '';
    const status = signedRequest(agent, `/api/v1/decisions/${id}?wait=0`, undefined);
    expect((await sendSigned(status, decisionStatusHandler, { id })).status).toBe(200);
    const attestation = signedRequest(agent, `/api/v1/agents/${agent.id}/attestation`, undefined);
    expect((await sendSigned(attestation, getAttestation, { id: agent.id })).status).toBe(200);
  });

  it('signs in at the token endpoint without an assertion', async () => {
    const form = new URLSearchParams({ grant_type: GRANT_TYPES.clientCredentials }).toString();
    const request = signedRequest(agent, '/oauth/token', form);
    request.headers.set('content-type', 'application/x-www-form-urlencoded');
    const answer = (await sendSigned(request, tokenHandler)) as unknown as { access_token: string };
    expect(await agent.may(answer.access_token, 'note.read')).toBe('allow');
  });

  it('leaves evidence when it comes again to sign in, as an assertion does by either grant', async () => {
    const signIn = async (request: Request) => {
      request.headers.set('content-type', 'application/x-www-form-urlencoded');
      return (await sendSigned(request, tokenHandler)).code;
    };
    const replays = async (of: SigningAgent) => {
      const rows = await sql(
        `SELECT 1 FROM signals WHERE workspace_id = $1 AND agent_id = $2 AND kind = 'identity.replay'`,
        [workspace.id, of.id],
      );
      return rows.length;
    };
    const form = new URLSearchParams({ grant_type: GRANT_TYPES.clientCredentials }).toString();
    const signer = await makeSigningAgent(workspace, { name: 'twice' });
    const request = signedRequest(signer, '/oauth/token', form);
    const copy = request.clone();
    expect(await signIn(request)).toBeUndefined();
    expect(await signIn(copy)).toBe('replayed_signature');
    expect(await replays(signer)).toBe(1);

    const bearer = await makeSigningAgent(workspace, { name: 'bearer' });
    const assertion = await bearer.assertion();
    const grant = { grant_type: GRANT_TYPES.jwtBearer, assertion };
    expect((await askToken(grant)).status).toBe(200);
    expect((await askToken(grant)).body['code']).toBe('replayed_assertion');
    expect(await replays(bearer)).toBe(1);
  });

  it('leaves a mark on its key', async () => {
    await sendSigned(signed());
    const [row] = await sql<{ last_used_at: Date | null }>(
      'SELECT last_used_at FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2',
      [workspace.id, agent.id],
    );
    expect(row?.last_used_at).toBeInstanceOf(Date);
  });
});

describe('a signed request is refused', () => {
  it('when it comes again, also at the same time', async () => {
    const request = signed();
    const copies = Array.from({ length: 20 }, () => tampered(request, { body }));
    const outcomes = await Promise.all(copies.map(outcomeOf));
    expect(outcomes.filter((one) => one === 'allow')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['allow', '401 replayed_signature']));
  });

  it('when it is stale, of the future, or undated', async () => {
    expect(await outcomeOf(signed({ created: seconds() - 61 }))).toBe('401 signature_stale');
    expect(await outcomeOf(signed({ created: seconds() + 40 }))).toBe(
      '401 signature_not_yet_valid',
    );
    expect(await outcomeOf(signed({ created: undefined }))).toBe('401 signature_undated');
  });

  it('when its nonce is missing or too long', async () => {
    expect(await outcomeOf(signed({ nonce: undefined }))).toBe('401 nonce_missing');
    expect(await outcomeOf(signed({ nonce: 'n'.repeat(201) }))).toBe('401 nonce_missing');
  });

  it('when it does not cover what it has to', async () => {
    const without = (...components: string[]) => outcomeOf(signed({ components }));
    const missing = '401 components_missing';
    expect(await without('@target-uri', 'content-digest')).toBe(missing);
    expect(await without('@method', 'content-digest')).toBe(missing);
    expect(await without('@method', '@authority', '@path', 'content-digest')).toBe(missing);
    expect(await without('@method', '@target-uri')).toBe(missing);
  });

  it('when it covers parts of fields, or more than is written down for a stranger', async () => {
    const room = 32 - 3;
    for (const part of ['"content-digest";key="sha-256"', '"content-type";bs', '"content-type";sf'])
      expect(await outcomeOf(covering(part))).toBe('401 signature_malformed');
    expect(await outcomeOf(covering(...fields(room)))).toBe('401 bad_signature');
    expect(await outcomeOf(covering(...fields(room + 1)))).toBe('401 signature_malformed');
  });

  it('when its body, its method or its address is another than was signed', async () => {
    const replaced = body.replace('note.read', 'note.write');
    expect(await outcomeOf(tampered(signed(), { body: replaced }))).toBe('401 digest_mismatch');
    const both = { body: replaced, headers: { 'content-digest': contentDigest(replaced) } };
    expect(await outcomeOf(tampered(signed(), both))).toBe('401 bad_signature');
    expect(await outcomeOf(tampered(signed(), { body, method: 'PUT' }))).toBe('401 bad_signature');
    const elsewhere = { body, url: `${ORIGIN}/access/v1/evaluations` };
    expect(await outcomeOf(tampered(signed(), elsewhere))).toBe('401 bad_signature');
    expect(await outcomeOf(signed({ origin: 'https://elsewhere.example' }))).toBe(
      '401 bad_signature',
    );
  });

  it('when it is signed by somebody else', async () => {
    const { privateKey: key } = generateKeyPairSync('ed25519');
    expect(await outcomeOf(signed({ key }))).toBe('401 bad_signature');
    expect(await outcomeOf(signedRequest(other, PATH, body, { keyid: agent.id }))).toBe(
      '401 bad_signature',
    );
    expect(await outcomeOf(signed({ keyid: 'nobodys-thumbprint' }))).toBe(
      '401 signature_key_unknown',
    );
    expect(await outcomeOf(signed({ keyid: newId() }))).toBe('401 signature_key_unknown');
    expect(await outcomeOf(signed({ keyid: undefined }))).toBe('401 signature_key_missing');
    expect(await outcomeOf(signedRequest(other, PATH, body))).toBe('403 subject_mismatch');
  });

  it('when it names another algorithm, or the public key as a secret', async () => {
    expect(await outcomeOf(signed({ alg: 'hmac-sha256' }))).toBe('401 signature_algorithm');
    expect(await outcomeOf(signed({ alg: 'none' }))).toBe('401 signature_algorithm');
  });

  it('when there is no reading its signature', async () => {
    const broken = (headers: Record<string, string>) =>
      outcomeOf(tampered(signed(), { body, headers }));
    expect(await broken({ 'signature-input': 'sig=(' })).toBe('401 signature_malformed');
    expect(await broken({ signature: 'other=:AAAA:' })).toBe('401 signature_malformed');
    expect(await broken({ signature: 'sig="text"' })).toBe('401 signature_malformed');
    const request = signedRequest(agent, PATH, body);
    const input =
      request.headers
        .get('signature-input')
        ?.replace('"content-digest"', '"content-digest" "x-gone"') ?? '';
    expect(
      await outcomeOf(tampered(request, { body, headers: { 'signature-input': input } })),
    ).toBe('401 signature_malformed');
  });

  it('when it has no digest that can be checked', async () => {
    expect(await outcomeOf(signed({ digest: 'md5=:AAAA:' }))).toBe('401 digest_unsupported');
    expect(await outcomeOf(signed({ digest: 'sha-256="text"' }))).toBe('401 digest_unsupported');
    expect(await outcomeOf(signed({ digest: 'sha-256=:AAAA:' }))).toBe('401 digest_mismatch');
  });

  it('when several signatures leave open which one counts, unless one is marked', async () => {
    const one = signed({ label: 'one' });
    const two = signed({ label: 'two', tag: 'belay' });
    const join = (a: Request, b: Request) =>
      tampered(a, {
        body,
        headers: {
          'signature-input': [a, b].map(({ headers }) => headers.get('signature-input')).join(', '),
          signature: [a, b].map(({ headers }) => headers.get('signature')).join(', '),
        },
      });
    expect(await outcomeOf(join(one, signed({ label: 'other' })))).toBe('401 signature_ambiguous');
    expect(await outcomeOf(join(one, two))).toBe('allow');
  });

  it('when its key has expired or was revoked, and when its agent was', async () => {
    const gone = await makeSigningAgent(workspace, { name: 'gone' });
    const asking = () => signedRequest(gone, PATH, JSON.stringify(gone.asking('note.read')));
    const change = (set: string) =>
      sql(`UPDATE agent_keys SET ${set} WHERE workspace_id = $1 AND agent_id = $2`, [
        workspace.id,
        gone.id,
      ]);
    expect(await outcomeOf(asking())).toBe('allow');
    await change(`expires_at = now() - interval '1 second'`);
    expect(await outcomeOf(asking())).toBe('401 key_expired');
    await change('expires_at = NULL, revoked_at = now()');
    expect(await outcomeOf(asking())).toBe('401 key_revoked');
    await change('revoked_at = NULL');
    await revokeAgent(nobody(workspace), gone.id, 'Over');
    expect(await outcomeOf(asking())).toBe('401 agent_revoked');
    expect(await outcomeOf(signed())).toBe('allow');
  });
});
