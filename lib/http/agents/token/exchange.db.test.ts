import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { TOKEN_TYPES } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { selectParties } from '@/lib/decide';
import { codeOf, makeRelay } from '@/lib/http/testing/relay';
import { makeSigningAgent, pinRung, type SigningAgent } from '@/lib/http/testing/signing-agents';
import type { TestWorkspace } from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let planner: SigningAgent;
let writer: SigningAgent;
let clerk: SigningAgent;

beforeAll(async () => {
  ({ workspace, planner, writer, clerk } = await makeRelay());
});

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
