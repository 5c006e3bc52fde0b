import { beforeEach, describe, expect, it } from 'vitest';
import { agentListQuerySchema, publicJwkSchema } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { appendLedger, applySignals } from '@/lib/decide';
import { rejectAction } from '@/lib/services/approvals/reject';
import { listDecisions } from '@/lib/services/decisions/list';
import {
  agentInput,
  askForApproval,
  ledgerKinds,
  makeAgent,
  makeAskingAgent,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { explainAgent } from './explain';
import { getAgent } from './get';
import { getAgentHistory } from './history';
import { listAgents } from './list';
import { registerAgent } from './register';
import { revokeAgent } from './revoke';
import { rotateAgentKey } from './rotate-key';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const list = (query: Record<string, unknown> = {}) =>
  listAgents(workspace.as('viewer'), agentListQuerySchema.parse(query));

async function signal(agentId: string, kind: string, at = new Date()) {
  return withTransaction(async (run) => {
    const applied = await applySignals(run, {
      workspaceId: workspace.id,
      agentId,
      now: at.getTime(),
      actor: 'test',
      signals: [{ kind, source: 'ci:test', sourceClass: 'system' }],
    });
    await appendLedger(run, workspace.id, applied.notes, applied.announcements, at.getTime());
    return applied;
  });
}

describe('registering', () => {
  it('puts a new agent on the lowest rung, with every layer unknown', async () => {
    const agent = await makeAgent(workspace);
    expect(agent.trust.rung).toBe(1);
    expect(agent.trust.score).toBeLessThan(0.3);
    for (const layer of Object.values(agent.trust.layers))
      expect(layer).toMatchObject({ coverage: 0, freshAt: null, alarm: false });
    expect(agent.nextRung.length).toBeGreaterThan(0);
    expect(agent.keys).toHaveLength(1);
    expect(await ledgerKinds(workspace.id)).toContain('agent.registered');
  });

  it('knows the owner who is a member, by e-mail address', async () => {
    const { actor } = workspace.as('manager');
    const agent = await makeAgent(workspace, { owner: actor.email.toUpperCase() });
    expect(agent.ownerPersonId).toBe(actor.personId);
  });

  it('refuses a key that an agent of the workspace has, and takes it in another workspace', async () => {
    const publicKey = newPublicKey();
    await makeAgent(workspace, { publicKey });
    await expect(makeAgent(workspace, { publicKey })).rejects.toEqual(code('key_in_use'));
    await makeAgent(await makeWorkspace(), { publicKey });
  });

  it('gives a key to one of many who register it at once', async () => {
    const publicKey = newPublicKey();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => makeAgent(workspace, { publicKey, name: `Agent ${n}` })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses a private key, whatever else is in order', () => {
    expect(publicJwkSchema.safeParse({ ...newPublicKey(), d: 'secret' }).success).toBe(false);
  });

  it.each([
    ['owner and name', (name: string) => ({ name })],
    ['key', (name: string) => ({ name: `${name} again`, owner: 'somebody else' })],
  ])('never improves a score: debts follow the %s', async (what, changes) => {
    const publicKey = newPublicKey();
    const first = await makeAgent(workspace, { publicKey });
    await signal(first.id, 'behavior.destructive_burst');
    await revokeAgent(workspace.as('manager'), first.id, 'It deleted too much');
    const before = (await getAgent(workspace.as('viewer'), first.id)).trust;
    const fresh = await makeAgent(workspace, { name: 'Quite another', owner: 'else@example.org' });
    const again = await registerAgent(
      workspace.as('manager'),
      agentInput({
        ...changes(first.name),
        publicKey: what === 'key' ? publicKey : newPublicKey(),
      }),
    );
    expect(again.trust.score).toBeLessThan(fresh.trust.score);
    expect(again.trust.score).toBeLessThanOrEqual(before.score + 1e-9);
    expect(again.trust.layers.behavior.alarm).toBe(true);
  });

  it('is not for analysts', async () => {
    await expect(registerAgent(workspace.as('analyst'), agentInput())).rejects.toEqual(
      code('forbidden'),
    );
  });
});

describe('the list', () => {
  it.each(['name', 'score', 'lastSeen', 'created'])('pages by %s in both orders', async (sort) => {
    for (const name of ['delta', 'Alpha', 'charlie', 'bravo', 'Alpha'])
      await makeAgent(workspace, { name, owner: `${name}@example.org` });
    for (const order of ['asc', 'desc']) {
      const whole = await list({ sort, order });
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ sort, order, limit: 2, cursor });
        expect(page.total).toBe(5);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(ids).toEqual(whole.items.map(({ id }) => id));
    }
  });

  it('finds by name, owner and tag, and takes wildcards for ordinary characters', async () => {
    await makeAgent(workspace, { name: '100% sure', tags: ['finance'] });
    await makeAgent(workspace, { name: 'Other one' });
    expect((await list({ q: '100%' })).items).toHaveLength(1);
    expect((await list({ q: '%' })).total).toBe(1);
    expect((await list({ tag: 'finance' })).items[0]?.name).toBe('100% sure');
    expect((await list({ rung: 5 })).items).toEqual([]);
  });

  it('shows nothing of another workspace', async () => {
    const agent = await makeAgent(workspace);
    const foreign = (await makeWorkspace()).as('admin');
    expect((await listAgents(foreign, agentListQuerySchema.parse({}))).total).toBe(0);
    await expect(getAgent(foreign, agent.id)).rejects.toEqual(code('not_found'));
    await expect(getAgent(foreign, 'no-id')).rejects.toEqual(code('not_found'));
  });
});

describe('history and explanation', () => {
  it('has the curve up to now, and a mark for what happened', async () => {
    const agent = await makeAskingAgent(workspace);
    const asked = await askForApproval(workspace, agent.id);
    await rejectAction(workspace.as('reviewer'), asked.approvalId, { reason: 'wrong_target' });
    const now = new Date();
    const history = await getAgentHistory(workspace.as('viewer', now), agent.id, { points: 600 });
    expect(history.points.length).toBeGreaterThanOrEqual(3);
    expect(history.points.at(-1)?.at).toBe(now.toISOString());
    expect(history.points[0]?.layers.outcome).toBeNull();
    expect(history.marks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'verdict',
          tone: 'negative',
          text: 'The reviewer rejected crm.update: wrong target',
          subjectId: asked.approvalId,
        }),
        expect.objectContaining({ kind: 'override' }),
        expect.objectContaining({ kind: 'version' }),
      ]),
    );
  });

  it('thins out a long history without losing its lowest point', async () => {
    const agent = await makeAgent(workspace);
    await sql(
      `INSERT INTO score_points (workspace_id, agent_id, at, score, rung, layers, config_version, ladder_version)
       SELECT $1, $2, now() + n * interval '1 second', CASE WHEN n = 12345 THEN 0.05 ELSE 0.6 + 0.1 * sin(n / 900.0) END, 3,
         '{"identity":0.5,"behavior":0.5,"context":0.5,"outcome":null}', 'test', 1 FROM generate_series(1, 21000) n`,
      [workspace.id, agent.id],
    );
    const later = new Date(Date.now() + 22_000_000);
    const history = await getAgentHistory(workspace.as('viewer', later), agent.id, { points: 600 });
    expect(history.points.length).toBeLessThanOrEqual(600);
    expect(history.points.filter(({ score }) => score === 0.05)).toHaveLength(1);
  });

  it('begins with the value that held at the start of the span', async () => {
    const agent = await makeAgent(workspace);
    await signal(agent.id, 'outcome.validation_passed');
    const from = new Date(Date.now() + 1);
    const later = new Date(from.getTime() + 60_000);
    const history = await getAgentHistory(workspace.as('viewer', later), agent.id, {
      from: from.toISOString(),
      points: 600,
    });
    expect(history.points[0]?.at).toBe(from.toISOString());
  });

  it('explains every point: contributions and decay add up to the difference', async () => {
    const agent = await makeAgent(workspace);
    await signal(agent.id, 'outcome.validation_passed', new Date(Date.now() + 1_000));
    const at = new Date(Date.now() + 5_000);
    await signal(agent.id, 'outcome.rejected.unsafe', at);
    const explanation = await explainAgent(workspace.as('viewer'), agent.id, at);

    expect(explanation.contributions.map(({ kind }) => kind)).toEqual(['outcome.rejected.unsafe']);
    const sum = explanation.contributions.reduce((total, item) => total + item.scoreDelta, 0);
    const moved = explanation.after.score - (explanation.before?.score ?? 0);
    expect(sum + explanation.decayDelta).toBeCloseTo(moved, 12);
    expect(Math.abs(explanation.decayDelta)).toBeLessThan(1e-4);
  });

  it('gives evidence that came late to the point at which it counted', async () => {
    const agent = await makeAgent(workspace);
    const earlier = new Date(Date.now() - 3_600_000);
    await withTransaction(async (run) => {
      const applied = await applySignals(run, {
        workspaceId: workspace.id,
        agentId: agent.id,
        now: Date.now(),
        actor: 'test',
        signals: [
          {
            kind: 'outcome.validation_failed',
            at: earlier.getTime(),
            source: 'ci:test',
            sourceClass: 'system',
          },
        ],
      });
      await appendLedger(run, workspace.id, applied.notes, [], Date.now());
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const at = new Date();
    await signal(agent.id, 'outcome.validation_passed', at);
    const explained = await explainAgent(workspace.as('viewer'), agent.id, at);
    const late = await explainAgent(
      workspace.as('viewer'),
      agent.id,
      new Date(explained.before?.at ?? 0),
    );
    expect(explained.contributions).toHaveLength(1);
    expect(late.contributions).toMatchObject([
      { kind: 'outcome.validation_failed', at: earlier.toISOString() },
    ]);
  });

  it('says that only time has worked after the newest evidence', async () => {
    const agent = await makeAgent(workspace);
    await signal(agent.id, 'outcome.validation_passed');
    const explanation = await explainAgent(
      workspace.as('viewer'),
      agent.id,
      new Date(Date.now() + 30 * 86_400_000),
    );
    expect(explanation.contributions).toEqual([]);
    expect(explanation.decayDelta).toBeLessThan(0);
  });

  it('is not found in another workspace', async () => {
    const agent = await makeAgent(workspace);
    const foreign = (await makeWorkspace()).as('admin');
    await expect(getAgentHistory(foreign, agent.id, { points: 10 })).rejects.toEqual(
      code('not_found'),
    );
    await expect(explainAgent(foreign, agent.id, new Date())).rejects.toEqual(code('not_found'));
  });
});

describe('revoking and rotating', () => {
  it('takes the keys away and cancels what waits, in one ledger entry', async () => {
    const agent = await makeAskingAgent(workspace);
    const asked = await askForApproval(workspace, agent.id);
    const revoked = await revokeAgent(workspace.as('manager'), agent.id, 'Not needed any more');
    expect(revoked.status).toBe('revoked');
    expect(revoked.keys.every(({ revokedAt }) => revokedAt !== null)).toBe(true);
    const [row] = await sql('SELECT state FROM approvals WHERE id = $1', [asked.approvalId]);
    expect(row).toEqual({ state: 'cancelled' });
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('agent.revoked');
    await expect(revokeAgent(workspace.as('manager'), agent.id, 'Again')).rejects.toEqual(
      code('agent_revoked'),
    );
  });

  it('replaces the key, and the old one cannot come back', async () => {
    const oldKey = newPublicKey();
    const agent = await makeAgent(workspace, { publicKey: oldKey });
    const rotated = await rotateAgentKey(workspace.as('manager'), agent.id, newPublicKey());
    expect(rotated.keys.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
    expect(rotated.trust.score).toBeLessThanOrEqual(agent.trust.score);
    await expect(rotateAgentKey(workspace.as('manager'), agent.id, oldKey)).rejects.toEqual(
      code('key_in_use'),
    );
    expect(await ledgerKinds(workspace.id)).toContain('agent.key_rotated');
  });

  it('is not found in another workspace, and not for reviewers', async () => {
    const agent = await makeAgent(workspace);
    const foreign = (await makeWorkspace()).as('admin');
    await expect(revokeAgent(foreign, agent.id, 'x')).rejects.toEqual(code('not_found'));
    await expect(rotateAgentKey(foreign, agent.id, newPublicKey())).rejects.toEqual(
      code('not_found'),
    );
    await expect(revokeAgent(workspace.as('reviewer'), agent.id, 'x')).rejects.toEqual(
      code('forbidden'),
    );
  });
});

describe('decisions', () => {
  it('are listed newest first, by agent and outcome', async () => {
    const agent = await makeAskingAgent(workspace);
    for (let n = 0; n < 3; n += 1) await askForApproval(workspace, agent.id, { n });
    const page = await listDecisions(workspace.as('viewer'), { agent: agent.id, limit: 2 });
    expect(page.items.map((item) => item.arguments)).toEqual([{ n: 2 }, { n: 1 }]);
    const rest = await listDecisions(workspace.as('viewer'), {
      agent: agent.id,
      limit: 2,
      cursor: page.nextCursor ?? undefined,
    });
    expect(rest.items.map((item) => item.arguments)).toEqual([{ n: 0 }]);
    const denied = await listDecisions(workspace.as('viewer'), { outcome: 'deny', limit: 5 });
    expect(denied.items).toEqual([]);
  });
});
