import { decodeJwt, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { redeemHandler } from '@/lib/http/agents/decisions';
import {
  askToken,
  makeSigningAgent,
  ORIGIN,
  pinRung,
  seconds,
  type SigningAgent,
} from '@/lib/http/testing/signing-agents';
import { CLIENT_ASSERTION_TYPE, GRANT_TYPES, MAX_CHAIN_LINKS, TOKEN_TYPES } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { selectParties } from '@/lib/decide';
import { revokeAgentKey } from '@/lib/services/agents/revoke-key';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  makeTool,
  makeWorkspace,
  nobody,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let planner: SigningAgent;
let writer: SigningAgent;
let clerk: SigningAgent;

beforeAll(async () => {
  workspace = await makeWorkspace();
  // Somebody else could decide, so whoever puts in a key has a part.
  await sql(
    `UPDATE people SET password_hash = 'x' WHERE id IN (SELECT person_id FROM memberships WHERE workspace_id = $1)`,
    [workspace.id],
  );
  await makeTool(workspace, 'note.read');
  await makeTool(workspace, 'note.write', { sideEffect: 'write' });
  planner = await makeSigningAgent(workspace, { name: 'planner', pact: { tools: ['note.read'] } });
  writer = await makeSigningAgent(workspace, { name: 'writer', owner: 'wendy@example.org' });
  clerk = await makeSigningAgent(workspace, {
    name: 'clerk',
    pact: { tools: ['*'], delegationDepth: 5 },
  });
});

const codeOf = async (answer: ReturnType<typeof askToken>) => {
  const { status, body } = await answer;
  return `${status} ${body['error'] ?? ''} ${body['code'] ?? ''}`;
};

describe('an agent that acts for another', () => {
  it('gets a token that names both, and lives no longer than the one it was given for', async () => {
    const subject = await planner.token();
    const { status, body } = await writer.exchange(subject);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      issued_token_type: TOKEN_TYPES.accessToken,
    });
    const claims = decodeJwt(String(body['access_token']));
    expect(claims).toMatchObject({ sub: planner.id, act: { sub: writer.id } });
    expect(claims.exp).toBeLessThanOrEqual(decodeJwt(subject).exp ?? 0);
  });

  it('nests whoever passed the task on again', async () => {
    const first = await writer.actFor(await planner.token());
    const second = await clerk.actFor(first);
    expect(decodeJwt(second)).toMatchObject({
      sub: planner.id,
      act: { sub: clerk.id, act: { sub: writer.id } },
    });
  });

  it('may do what every link may: the narrowest pact wins, and the reason names its link', async () => {
    const token = await writer.actFor(await planner.token());
    expect(await writer.may(token, 'note.read')).toBe('allow');
    const { body } = await writer.evaluate(token, 'note.write');
    expect(body.context.outcome).toBe('deny');
    expect(body.context.reasons[0]).toMatchObject({
      code: 'delegation.pact.tool',
      source: { type: 'link', id: planner.id },
    });
    expect(body.context.reasons[0]?.text).toContain('"planner"');
    expect(await writer.may(await writer.token(), 'note.write')).toBe('allow');
  });

  it('does not pay for the pact of another agent: it is no evidence', async () => {
    const token = await writer.actFor(await planner.token());
    await writer.evaluate(token, 'note.write');
    const rows = await sql(
      `SELECT 1 FROM signals WHERE workspace_id = $1 AND kind = 'behavior.tool_outside_pact'`,
      [workspace.id],
    );
    expect(rows).toEqual([]);
  });

  it('is trusted as far as the weakest link', async () => {
    const weak = await makeSigningAgent(workspace, { name: 'weak', rung: 1 });
    const token = await writer.actFor(await weak.token());
    const { body } = await writer.evaluate(token, 'note.write');
    expect(body.decision).toBe(false);
    expect(body.context.trust.rung).toBe(1);
    expect(body.context.reasons.map(({ code }) => code)).toContain('delegation.weakest_link');
    await sql(
      'UPDATE rung_overrides SET ended_at = now() WHERE workspace_id = $1 AND agent_id = $2',
      [workspace.id, weak.id],
    );
    await pinRung(workspace, weak.id, 4);
    expect(await writer.may(token, 'note.write')).toBe('allow');
  });

  it('is narrowed to tools that the next may only narrow further', async () => {
    const narrow = await writer.actFor(await clerk.token(), { scope: 'note.read' });
    expect(await writer.may(narrow, 'note.read')).toBe('allow');
    expect(await writer.may(narrow, 'note.write')).toBe('delegation.scope');
    expect(await codeOf(planner.exchange(narrow, { scope: 'note.write' }))).toBe(
      '400 invalid_scope scope_too_wide',
    );
    const next = await planner.actFor(narrow);
    expect(decodeJwt(next)).toMatchObject({ scope: 'note.read' });
  });

  it('acts only when it is the one the task was passed on to', async () => {
    const handed = await planner.token({ may_act: writer.id });
    expect(await codeOf(clerk.exchange(handed))).toBe('400 invalid_grant actor_not_named');
    expect(await planner.may(handed, 'note.read')).toBe('wrong_audience');
    expect(await writer.may(await writer.actFor(handed), 'note.read')).toBe('allow');
  });

  it('stands in the ledger with everybody it acted for', async () => {
    const token = await clerk.actFor(await writer.actFor(await planner.token()));
    const { body } = await clerk.evaluate(token, 'note.read');
    const [entry] = await sql<{ body: { chain?: string[] } }>(
      `SELECT convert_from(bytes, 'UTF8')::jsonb->'body' AS body FROM ledger_entries WHERE workspace_id = $1 AND subject = $2`,
      [workspace.id, `decision:${body.context.id}`],
    );
    expect(entry?.body.chain).toEqual([writer.id, planner.id]);
  });

  it('gives the owners of all links a part in the action', async () => {
    const token = await clerk.actFor(await writer.token());
    const { body } = await clerk.evaluate(token, 'note.read');
    const [row] = await sql<{ asked_with: never }>(
      'SELECT asked_with FROM decisions WHERE workspace_id = $1 AND id = $2',
      [workspace.id, body.context.id],
    );
    const parties = await selectParties(sql, workspace.id, {
      agentId: clerk.id,
      agentOwner: 'owner@example.org',
      agentOwnerPersonId: null,
      sessionId: null,
      askedWith: row?.asked_with ?? null,
    });
    expect(parties).toContainEqual(
      expect.objectContaining({ part: 'delegator', name: 'wendy@example.org' }),
    );
    const manager = workspace.as('manager').actor;
    // Whoever put in the key of a link could have begun the task as that link.
    expect(parties).toContainEqual(
      expect.objectContaining({ part: 'keyholder', personId: manager.personId }),
    );
  });

  it('proves its chain: what the call says besides makes it longer and never shorter', async () => {
    const token = await writer.actFor(await clerk.token());
    const said = await writer.evaluate(token, 'note.read', {
      act: { sub: 'ann@example.org' },
      delegationDepth: 0,
    });
    const [row] = await sql<{ asked_with: unknown }>(
      'SELECT asked_with FROM decisions WHERE workspace_id = $1 AND id = $2',
      [workspace.id, said.body.context.id],
    );
    expect(row?.asked_with).toMatchObject({
      chain: [clerk.id],
      delegators: [`agent:${clerk.id}`, 'ann@example.org'],
      delegationDepth: 1,
    });
  });
});

describe('a chain', () => {
  it('stops with a kill switch on any link, also for what was allowed and has not run', async () => {
    const own = await makeSigningAgent(workspace, { name: 'halted' });
    const token = await writer.actFor(await own.token());
    const allowed = await writer.evaluate(token, 'note.write');
    expect(allowed.body.decision).toBe(true);
    const scope = { type: 'agent', value: own.id } as const;
    const stop = await setKillSwitch(nobody(workspace), { scope, mode: 'halt', reason: 'Look' });
    expect(await writer.may(token, 'note.write')).toBe('delegation.stopped');
    expect(await writer.may(await writer.token(), 'note.write')).toBe('allow');
    expect(await redeem(token, allowed.body.context.id)).toBe('stopped');
    expect(await codeOf(writer.exchange(await own.token()))).toBe(
      '400 invalid_grant chain_stopped',
    );
    await releaseKillSwitch(nobody(workspace), stop.id, 'Fine');
    // The switch ended the pin of the link, and with it what the action was trusted for.
    expect(await redeem(token, allowed.body.context.id)).toBe('trust_fell');
    await pinRung(workspace, own.id, 4);
    expect(await redeem(token, allowed.body.context.id)).toBe('redeemed');
  });

  it('ends with the key of a link, also for what was allowed and has not run', async () => {
    const own = await makeSigningAgent(workspace, { name: 'taken' });
    const token = await writer.actFor(await own.token());
    const { body } = await writer.evaluate(token, 'note.write');
    expect(body.decision).toBe(true);
    const [key] = await sql<{ kid: string }>(
      'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2',
      [workspace.id, own.id],
    );
    const stolen = { kid: key?.kid ?? '', reason: 'Stolen' };
    await revokeAgentKey(workspace.as('manager'), own.id, stolen);
    expect(await redeem(await writer.token(), body.context.id)).toBe('stopped');
  });

  it('ends with the suspension or revocation of a link, at the next request', async () => {
    const own = await makeSigningAgent(workspace, { name: 'gone' });
    const subject = await own.token();
    const token = await writer.actFor(subject);
    await sql(`UPDATE agents SET status = 'suspended' WHERE workspace_id = $1 AND id = $2`, [
      workspace.id,
      own.id,
    ]);
    expect(await writer.may(token, 'note.read')).toBe('delegation.suspended');
    expect(await codeOf(writer.exchange(subject))).toBe('400 invalid_grant chain_stopped');
    await sql(`UPDATE agents SET status = 'active' WHERE workspace_id = $1 AND id = $2`, [
      workspace.id,
      own.id,
    ]);
    expect(await writer.may(token, 'note.read')).toBe('allow');
    await revokeAgent(nobody(workspace), own.id, 'Over');
    expect(await writer.may(token, 'note.read')).toBe('delegation.revoked');
    expect(await codeOf(writer.exchange(subject))).toBe('400 invalid_grant chain_stopped');
  });
});

async function redeem(token: string, id: string): Promise<string> {
  const { action, resource } = writer.asking('note.write');
  const response = await redeemHandler(
    new Request(`${ORIGIN}/api/v1/decisions/${id}/redeem`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action, resource }),
    }),
    { params: Promise.resolve({ id }) },
  );
  const { code, state } = (await response.json()) as { code?: string; state?: string };
  return code ?? state ?? '';
}

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
