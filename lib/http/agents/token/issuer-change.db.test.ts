import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  GRANT_TYPES,
  identityIssuerChangeSchema,
  identityIssuerInputSchema,
  type IdentityIssuer,
} from '@/lib/contracts';
import { sql, withTransaction, type Sql } from '@/lib/db';
import { seizeEpochs } from '@/lib/decide';
import { changeEnvironment } from '@/lib/env';
import { startIssuer, type TestIssuer } from '@/lib/http/testing/issuer';
import {
  askToken,
  makeSigningAgent,
  ORIGIN,
  type SigningAgent,
} from '@/lib/http/testing/signing-agents';
import { changeIdentityIssuer } from '@/lib/services/agents/external/change-issuer';
import {
  addIdentityIssuer,
  listIdentityIssuers,
  tryIdentityIssuer,
} from '@/lib/services/agents/external/issuers';
import {
  ledgerKinds,
  makeTool,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let provider: TestIssuer;
let workspace: TestWorkspace;
let agent: SigningAgent;
let configured: IdentityIssuer;

beforeAll(async () => {
  changeEnvironment({ BELAY_PRIVATE_TARGETS: '1' });
  provider = await startIssuer(['workload']);
});
afterAll(() => provider.stop());
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  agent = await makeSigningAgent(workspace, { name: 'federated' });
  configured = await addIdentityIssuer(
    workspace.as('admin'),
    identityIssuerInputSchema.parse({
      kind: 'oidc',
      name: 'Company IdP',
      issuer: provider.issuer,
      jwksUrl: provider.jwksUrl,
      subjects: [{ subject: 'workload', agentId: agent.id }],
    }),
  );
});

const change = (input: object, as = workspace.as('admin')) =>
  changeIdentityIssuer(as, configured.id, identityIssuerChangeSchema.parse(input));
const signIn = async () => {
  const assertion = await provider.token('workload');
  const form = { grant_type: GRANT_TYPES.jwtBearer, assertion, client_id: agent.id };
  const { status, body } = await askToken(form);
  return status === 200 ? String(body['access_token']) : String(body['code']);
};
const subjects = () =>
  sql<{ id: string; added_by: string | null }>(
    'SELECT id, added_by FROM identity_subjects WHERE workspace_id = $1',
    [workspace.id],
  );

/** Until somebody waits for an advisory lock that the transaction holds. */
async function untilSomebodyWaits(run: Sql): Promise<void> {
  for (;;) {
    const waiting = await run(
      `SELECT 1 FROM pg_locks w JOIN pg_locks h ON h.locktype = 'advisory' AND h.pid = pg_backend_pid() AND h.granted
         AND (h.classid, h.objid) = (w.classid, w.objid) WHERE NOT w.granted`,
    );
    if (waiting.length > 0) return;
  }
}

describe('changing an issuer', () => {
  it('by its name alone ends nothing', async () => {
    const token = await signIn();
    const before = await subjects();
    expect(await change({ name: 'Renamed' })).toMatchObject({ name: 'Renamed' });
    expect(await subjects()).toEqual(before);
    expect(await agent.may(token, 'note.read')).toBe('allow');
    expect(await ledgerKinds(workspace.id)).toContain('identity_issuer.changed');
  });

  it('to the same keys in another order of members ends nothing', async () => {
    const [key] = [provider.publicJwk];
    await change({ jwks: { keys: [key] } });
    const before = await subjects();
    const turned = Object.fromEntries(Object.entries(key).reverse());
    await change({ name: 'Renamed', jwks: { keys: [turned] } });
    expect(await subjects()).toEqual(before);
  });

  it('by its name brings back no keys that somebody else has replaced meanwhile', async () => {
    const elsewhere = 'https://keys.example/jwks';
    let renaming: Promise<unknown> = Promise.resolve();
    await withTransaction(async (run) => {
      await seizeEpochs(run, workspace.id);
      renaming = change({ name: 'Renamed' });
      await untilSomebodyWaits(run);
      await run('UPDATE identity_issuers SET jwks_url = $2 WHERE workspace_id = $1', [
        workspace.id,
        elsewhere,
      ]);
    });
    expect(await renaming).toMatchObject({ name: 'Renamed', jwksUrl: elsewhere });
  });

  it('to other keys ends what was got with it, and the subjects are of whoever says so now', async () => {
    const token = await signIn();
    const [before] = await subjects();
    const { publicJwk } = provider;
    const changed = await change({ jwks: { keys: [publicJwk] } });
    expect(changed).toMatchObject({ jwksUrl: null, keys: { count: 1, failure: null } });
    expect(await agent.may(token, 'note.read')).toBe('agent.credential_revoked');
    const [after] = await subjects();
    expect(after?.id).not.toBe(before?.id);
    // Whoever had added the subject keeps their part in what it signed.
    const kept = await sql<{ credential: string; added_by: string | null }>(
      'SELECT credential, added_by FROM revoked_credentials WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(kept).toEqual([{ credential: `subject:${before?.id}`, added_by: before?.added_by }]);
    expect(changed.subjects).toMatchObject([{ subject: 'workload', agentId: agent.id }]);
  });

  it('is for admins of its workspace, never to an address inside, and never by halves', async () => {
    await expect(change({ name: 'x' }, workspace.as('manager'))).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const stranger = (await makeWorkspace()).as('admin');
    await expect(change({ name: 'x' }, stranger)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(tryIdentityIssuer(stranger, configured.id)).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(identityIssuerChangeSchema.safeParse({}).success).toBe(false);
    const both = { jwksUrl: provider.jwksUrl, jwks: { keys: [provider.publicJwk] } };
    expect(identityIssuerChangeSchema.safeParse(both).success).toBe(false);
    changeEnvironment({ BELAY_PRIVATE_TARGETS: '0' });
    try {
      await expect(change({ jwksUrl: 'https://127.0.0.1/keys' })).rejects.toMatchObject({
        code: 'address_refused',
      });
    } finally {
      changeEnvironment({ BELAY_PRIVATE_TARGETS: '1' });
    }
    expect((await listIdentityIssuers(workspace.as('viewer'))).items).toMatchObject([
      { name: 'Company IdP', jwksUrl: provider.jwksUrl },
    ]);
  });
});

describe('the keys of an issuer', () => {
  it('are as this workspace has seen them: not asked for, there, and failing', async () => {
    const seen = async () =>
      (await listIdentityIssuers(workspace.as('viewer'))).items.map(({ keys }) => keys);
    expect(await seen()).toEqual([{ count: null, readAt: null, failure: null }]);
    await signIn();
    expect(await seen()).toMatchObject([{ count: 1, failure: null }]);

    const answers = createServer((request, response) => {
      if (request.url === '/gone') response.statusCode = 404;
      response.end('{"keys": "none"}');
    });
    await new Promise<void>((resolve) => answers.listen(0, '127.0.0.1', resolve));
    const at = (path: string) =>
      `http://127.0.0.1:${(answers.address() as AddressInfo).port}${path}`;
    const failureAt = async (url: string) => {
      await change({ jwksUrl: url });
      return (await tryIdentityIssuer(workspace.as('admin'), configured.id)).keys.failure;
    };
    expect(await failureAt(at('/gone'))).toMatchObject({ code: 'status', status: 404 });
    expect(await failureAt(at('/none'))).toMatchObject({ code: 'no_keys', status: 200 });
    const closed = at('/closed');
    await new Promise((resolve) => answers.close(resolve));
    expect(await failureAt(closed)).toMatchObject({ code: 'no_answer', status: null });
    expect(
      await failureAt('http://169.254.169.254/keys').catch((error: unknown) => error),
    ).toMatchObject({ code: 'address_refused' });
  });

  it('of another workspace say nothing about when this one needed them', async () => {
    await signIn();
    const other = await makeWorkspace();
    await addIdentityIssuer(
      other.as('admin'),
      identityIssuerInputSchema.parse({
        kind: 'oidc',
        name: 'The same',
        issuer: provider.issuer,
        jwksUrl: provider.jwksUrl,
      }),
    );
    const { items, audiences } = await listIdentityIssuers(other.as('viewer'));
    expect(items).toMatchObject([{ keys: { count: null, readAt: null } }]);
    expect(audiences).toContain(ORIGIN);
  });
});
