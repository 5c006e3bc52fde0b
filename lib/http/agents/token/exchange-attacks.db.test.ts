import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_ASSERTION_TYPE, GRANT_TYPES, MAX_CHAIN_LINKS, TOKEN_TYPES } from '@/lib/contracts';
import { newId } from '@/lib/db';
import { codeOf, makeRelay } from '@/lib/http/testing/relay';
import {
  askToken,
  makeSigningAgent,
  ORIGIN,
  seconds,
  type SigningAgent,
} from '@/lib/http/testing/signing-agents';
import { makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let planner: SigningAgent;
let writer: SigningAgent;
let clerk: SigningAgent;

beforeAll(async () => {
  ({ workspace, planner, writer, clerk } = await makeRelay());
});

describe('an attack on the exchange', () => {
  it('without a proof of who asks is refused, also with two valid tokens', async () => {
    const form = {
      grant_type: GRANT_TYPES.tokenExchange,
      subject_token: await planner.token(),
      subject_token_type: TOKEN_TYPES.accessToken,
      actor_token: await writer.token(),
      actor_token_type: TOKEN_TYPES.accessToken,
    };
    expect(await codeOf(askToken(form))).toBe('401 invalid_client client_required');
  });

  it('by an agent that is not the actor is refused', async () => {
    const actor = { actor_token: await writer.token(), actor_token_type: TOKEN_TYPES.accessToken };
    expect(await codeOf(clerk.exchange(await planner.token(), actor))).toBe(
      '400 invalid_grant actor_mismatch',
    );
    const delegated = { ...actor, actor_token: await writer.actFor(await planner.token()) };
    expect(await codeOf(writer.exchange(await clerk.token(), delegated))).toBe(
      '400 invalid_grant actor_token_delegated',
    );
    expect((await writer.exchange(await planner.token(), actor)).status).toBe(200);
  });

  it('with a chain of its own making is refused', async () => {
    const forged = (key: SigningAgent['key'], kid = 'k') =>
      new SignJWT({ workspace: workspace.id, act: { sub: writer.id } })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
        .setIssuer(ORIGIN)
        .setAudience(ORIGIN)
        .setSubject(planner.id)
        .setExpirationTime(seconds() + 60)
        .sign(key);
    const own = await forged(writer.key);
    expect(await codeOf(writer.exchange(own))).toBe('400 invalid_grant invalid_token');
    expect(await writer.may(own, 'note.read')).toBe('invalid_token');
    const assertion = await writer.assertion({ act: { sub: planner.id } });
    expect(
      await codeOf(
        askToken({
          grant_type: GRANT_TYPES.clientCredentials,
          client_assertion_type: CLIENT_ASSERTION_TYPE,
          client_assertion: assertion,
        }),
      ),
    ).toBe('401 invalid_client act_in_assertion');
  });

  it('across workspaces is refused', async () => {
    const elsewhere = await makeWorkspace();
    const stranger = await makeSigningAgent(elsewhere);
    expect(await codeOf(stranger.exchange(await planner.token()))).toBe(
      '400 invalid_grant foreign_subject',
    );
  });

  it('in a loop, or deeper than agreed for all, is refused', async () => {
    const token = await clerk.actFor(await writer.actFor(await planner.token()));
    for (const agent of [planner, writer, clerk])
      expect(await codeOf(agent.exchange(token))).toBe('400 invalid_grant chain_loop');
    let deep = await clerk.token();
    for (let links = 1; links <= MAX_CHAIN_LINKS; links += 1)
      deep = await (await makeSigningAgent(workspace, { name: `link ${links}` })).actFor(deep);
    const last = await makeSigningAgent(workspace, { name: 'one too many' });
    expect(await codeOf(last.exchange(deep))).toBe('400 invalid_grant chain_too_deep');
  });

  it('for an audience that is not ours, or with a field twice, is refused', async () => {
    const subject = await planner.token();
    expect(await codeOf(writer.exchange(subject, { audience: 'https://elsewhere.example' }))).toBe(
      '400 invalid_target unknown_audience',
    );
    expect((await writer.exchange(subject, { audience: ORIGIN })).status).toBe(200);
    expect(await codeOf(askToken({ grant_type: 'password' }))).toBe(
      '400 unsupported_grant_type unsupported_grant_type',
    );
  });

  it('with a token that has expired, or is good elsewhere, is told apart', async () => {
    const of = async (claims: Record<string, unknown>) =>
      planner.assertion({ workspace: workspace.id, ...claims });
    expect(await codeOf(writer.exchange(await of({})))).toBe('400 invalid_grant invalid_token');
    const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sub: planner.id }))}.`;
    expect(await codeOf(writer.exchange(none))).toBe('400 invalid_grant wrong_algorithm');
    expect(await codeOf(writer.exchange(newId()))).toBe('400 invalid_grant invalid_token');
    expect(await writer.may(await writer.token(), 'note.read')).toBe('allow');
  });
});
