import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import { accessModelInputSchema, basePolicyInputSchema } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { json, startDecisionPoint } from '@/lib/decide/testing/decision-point';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { call, makeFleet, type Evaluated } from '@/lib/http/testing/fleet';
import { pinRung } from '@/lib/http/testing/signing-agents';
import { setAccessModel } from '@/lib/services/authzen/set-model';
import { setBasePolicy } from '@/lib/services/base-policy/set';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { makeAgent, makeKeyContext, makeTool, makeWorkspace } from '@/lib/services/testing/fixture';
import { actionSearchHandler, resourceSearchHandler, subjectSearchHandler } from './search';

interface Found {
  readonly code?: string;
  readonly results: { type?: string; id?: string; name?: string }[];
  readonly page: { next_token: string; count: number };
}

const HANDLERS = {
  subject: subjectSearchHandler,
  resource: resourceSearchHandler,
  action: actionSearchHandler,
};
const search = (kind: keyof typeof HANDLERS, key: string, body: unknown) =>
  call<Found>(HANDLERS[kind], { key, body });

let fleet: Awaited<ReturnType<typeof makeFleet>>;
let key: string;
let token: string;
beforeAll(async () => {
  fleet = await makeFleet();
  key = fleet.key('viewer');
  token = await issueAgentToken(
    { kind: 'agent', agentId: fleet.agentId, workspaceId: fleet.workspace.id },
    Date.now(),
  );
  await setAccessModel(
    fleet.workspace.as('admin'),
    accessModelInputSchema.parse({
      policies: 'permit (principal, action == Action::"read", resource);',
      entities: [
        ...Array.from({ length: 130 }, (_, n) => ({
          uid: { type: 'note', id: `n-${String(n).padStart(3, '0')}` },
        })),
        { uid: { type: 'user', id: 'ann' } },
      ],
      reason: 'For a test',
      basedOn: 0,
    }),
  );
});

const me = () => ({ type: 'agent', id: fleet.agentId });
const note = { type: 'note', id: 'n-1' };
const names = ({ body }: { body: Found }) => body.results.map(({ name }) => name);

describe('a search about agents', () => {
  it('finds the tools that an evaluation would allow, and no other', async () => {
    await makeTool(fleet.workspace, 'vault.open', { sideEffect: 'write', risk: 'critical' });
    const found = names(await search('action', key, { subject: me(), resource: note }));
    const tools = [
      'mail.send',
      'note.erase',
      'note.read',
      'note.write',
      'salary.read',
      'vault.open',
    ];
    const allowed = [];
    for (const name of tools) {
      const body = { subject: me(), action: { name }, resource: note };
      const { body: answer } = await call<Evaluated>(evaluationHandler, {
        key: fleet.key('gateway'),
        body,
      });
      if (answer.decision) allowed.push(name);
    }
    expect(found).toEqual(allowed);
    expect(found).toContain('note.read');
    expect(found).not.toContain('vault.open');
  });

  it('finds the agents of the workspace that may, and those of no other', async () => {
    const lowly = await makeAgent(fleet.workspace, { name: 'Lowly' });
    const elsewhere = await makeFleet();
    const question = { subject: { type: 'agent' }, action: { name: 'note.write' }, resource: note };
    const { body } = await search('subject', key, question);
    const ids = body.results.map(({ id }) => id);
    expect(ids).toContain(fleet.agentId);
    expect(ids).not.toContain(lowly.id);
    expect(ids).not.toContain(elsewhere.agentId);
  });

  it('finds the resources the model knows, one page after the other, each once', async () => {
    const question = { subject: me(), action: { name: 'note.read' }, resource: { type: 'note' } };
    const seen: (string | undefined)[] = [];
    let next: string | undefined;
    for (let page = 0; page < 10; page += 1) {
      const paging = next === undefined ? { limit: 40 } : { limit: 40, token: next };
      const { body } = await search('resource', key, { ...question, page: paging });
      expect(body.page.count).toBe(body.results.length);
      expect(body.results.length).toBeLessThanOrEqual(40);
      seen.push(...body.results.map(({ id }) => id));
      next = body.page.next_token;
      if (next === '') break;
    }
    expect(next).toBe('');
    expect(seen).toHaveLength(130);
    expect(new Set(seen).size).toBe(130);
    expect(seen).toEqual([...seen].sort());
  });

  it('gives at most a hundred of a page, whatever is asked for', async () => {
    const question = { subject: me(), action: { name: 'note.read' }, resource: { type: 'note' } };
    const { body } = await search('resource', key, { ...question, page: { limit: 1_000_000 } });
    expect(body.results).toHaveLength(100);
    const usual = await search('resource', key, { ...question, page: { limit: 0 } });
    expect(usual.body.results).toHaveLength(50);
  });

  it('finds nothing while a switch stops the agent, and is no evidence about it', async () => {
    const stopped = await makeFleet();
    const subject = { type: 'agent', id: stopped.agentId };
    const of = () => search('action', stopped.key('viewer'), { subject, resource: note });
    expect(names(await of()).length).toBeGreaterThan(0);
    await setKillSwitch(stopped.workspace.as('analyst'), {
      scope: { type: 'workspace' },
      mode: 'halt',
      reason: 'For a test',
    });
    const rows = () =>
      sql(
        `SELECT (SELECT count(*) FROM decisions WHERE workspace_id = $1) AS decisions,
           (SELECT count(*) FROM signals WHERE workspace_id = $1) AS signals,
           (SELECT state FROM trust_states WHERE workspace_id = $1) AS trust,
           (SELECT activity FROM trust_states WHERE workspace_id = $1) AS activity,
           (SELECT seq FROM ledger_heads WHERE workspace_id = $1) AS ledger`,
        [stopped.workspace.id],
      );
    const before = await rows();
    expect(names(await of())).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('finds nothing for an agent that nobody knows', async () => {
    for (const id of ['somebody', '018f0000-0000-7000-8000-000000000000']) {
      const answer = await search('action', key, {
        subject: { type: 'agent', id },
        resource: note,
      });
      expect(answer).toMatchObject({ status: 200, body: { results: [] } });
    }
  });
});

describe('who may search', () => {
  it('an agent finds itself alone', async () => {
    const other = await makeAgent(fleet.workspace, { name: 'Other' });
    const found = await search('subject', token, {
      subject: { type: 'agent' },
      action: { name: 'note.read' },
      resource: note,
    });
    expect(found.body.results).toEqual([me()]);
    for (const subject of [
      { type: 'agent', id: other.id },
      { type: 'user', id: 'ann' },
      { type: 'user', id: 'ann', properties: { act: { sub: other.id } } },
    ])
      for (const body of [
        { subject, resource: note },
        { subject, action: { name: 'read' }, resource: { type: 'note' } },
      ]) {
        const kind = 'action' in body ? 'resource' : 'action';
        expect(await search(kind, token, body)).toMatchObject({
          status: 403,
          body: { code: 'subject_mismatch' },
        });
      }
    const users = { subject: { type: 'user' }, action: { name: 'read' }, resource: note };
    expect((await search('subject', token, users)).status).toBe(403);
  });

  it('an agent is told of the resources that its pact names, and of no others', async () => {
    const of = async (resources?: string[]) => {
      const pact = { tools: ['*'], ...(resources === undefined ? {} : { resources }) };
      const agent = await makeAgent(fleet.workspace, { name: newId(), pact });
      await pinRung(fleet.workspace, agent.id, 4);
      const actor = { kind: 'agent', agentId: agent.id, workspaceId: fleet.workspace.id } as const;
      const own = await issueAgentToken(actor, Date.now());
      return async (type: string) => {
        const question = {
          subject: { type: 'agent', id: agent.id },
          action: { name: 'note.read' },
          resource: { type },
        };
        const asGateway = await search('resource', key, question);
        const { status, body } = await search('resource', own, question);
        return { status, code: body.code, ids: body.results?.map(({ id }) => id), asGateway };
      };
    };
    const unbound = await of();
    for (const type of ['user', 'note'])
      expect(await unbound(type)).toMatchObject({ status: 403, code: 'resources_not_named' });
    expect((await unbound('user')).asGateway.body.results).toEqual([{ type: 'user', id: 'ann' }]);
    const bound = await of(['note/n-00*']);
    expect((await bound('user')).ids).toEqual([]);
    expect((await bound('note')).ids).toHaveLength(10);
  });

  it('an agent that acts for a user finds what it may do for them', async () => {
    const subject = { type: 'user', id: 'ann', properties: { act: { sub: fleet.agentId } } };
    expect(names(await search('action', token, { subject, resource: note }))).toContain(
      'note.read',
    );
  });

  it('a key needs to read the workspace or to speak for agents; others need a key at all', async () => {
    const question = { subject: { type: 'user', id: 'ann' }, resource: note };
    for (const role of ['viewer', 'gateway'] as const)
      expect(names(await search('action', fleet.key(role), question))).toEqual(['read']);
    expect((await search('action', 'bk_nobody', question)).status).toBe(401);
    await sql(`UPDATE agents SET status = 'revoked' WHERE id = $1`, [fleet.agentId]);
    expect((await search('action', token, { subject: me(), resource: note })).status).toBe(401);
    await sql(`UPDATE agents SET status = 'active' WHERE id = $1`, [fleet.agentId]);
  });
});

describe('a page token', () => {
  const question = { subject: { type: 'user', id: 'ann' }, action: { name: 'read' } };
  const of = (changes: object, withKey = key) =>
    search('resource', withKey, { ...question, resource: { type: 'note' }, ...changes });

  it('goes on with its own question, caller and workspace alone', async () => {
    const { body } = await of({ page: { limit: 1 } });
    const page = { token: body.page.next_token };
    expect((await of({ page })).body.results[0]).toEqual({ type: 'note', id: 'n-001' });
    const other = await makeWorkspace();
    const stranger = await makeKeyContext(other, 'viewer');
    const sibling = await makeKeyContext(fleet.workspace, 'viewer');
    const refused = [
      await of({ page, context: { time: 'later' } }),
      await of({ page, subject: { type: 'user', id: 'bob' } }),
      await of({ page, action: { name: 'write' } }),
      await of({ page, resource: { type: 'user' } }),
      await of({ page }, stranger.key),
      await of({ page }, sibling.key),
      await search('action', key, { ...question, resource: note, page }),
      await of({ page: { token: `${page.token}A` } }),
      await of({ page: { token: page.token.slice(2) } }),
      await of({ page: { token: Buffer.from('n-001').toString('base64url') } }),
    ];
    for (const answer of refused)
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_page_token' } });
  });
});

describe('where somebody outside decides', () => {
  let point: Awaited<ReturnType<typeof startDecisionPoint>>;
  afterAll(() => point.close());

  it('asks them about each, passes the question on as it came, and takes silence for no', async () => {
    point = await startDecisionPoint();
    point.answer = json({ decision: true });
    await setBasePolicy(
      fleet.workspace.as('admin'),
      basePolicyInputSchema.parse({
        kind: 'authzen',
        url: point.url,
        reason: 'For a test',
        basedOn: 1,
      }),
    );
    const body = {
      subject: { type: 'user', id: 'ann', properties: { team: 'a' } },
      action: { name: 'write', properties: { soft: true } },
      resource: note,
      context: { ip: '::1' },
    };
    const gateway = fleet.key('gateway');
    const ask = async () => (await call<Evaluated>(evaluationHandler, { key: gateway, body })).body;
    expect(await ask()).toEqual({ decision: true });
    expect(point.asked[0]?.body).toEqual(body);
    const { subject, action, context } = body;
    const found = await search('resource', key, {
      subject,
      action,
      context,
      resource: { type: 'note' },
      page: { limit: 20 },
    });
    expect(found.body.results).toHaveLength(20);
    expect(point.asked.length).toBeGreaterThan(20);
    point.answer = json({ decision: false });
    expect(await ask()).toMatchObject({
      decision: false,
      context: { reasons: [{ code: 'base_policy.deny' }] },
    });
    point.answer = json({}, 500);
    expect(await ask()).toMatchObject({
      context: { reasons: [{ code: 'base_policy.unreachable' }] },
    });
  });
});
