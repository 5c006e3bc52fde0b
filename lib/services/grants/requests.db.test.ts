import { beforeEach, describe, expect, it } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import type { GrantRequest, Problem } from '@/lib/contracts';
import { sql } from '@/lib/db';
import {
  getGrantRequest,
  getGrantRequests,
  postGrantApprove,
  postGrantReject,
  postGrantRequest,
} from '@/lib/http/access/grant-requests';
import { call } from '@/lib/http/testing/fleet';
import { getApproval } from '@/lib/services/approvals/get';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import { DEFAULT_VERDICT_RULES } from '@/lib/contracts';
import {
  askToWrite,
  ledgerKinds,
  makeAskingAgent,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { listGrants } from './list';
import { listGrantRequests } from './read-requests';
import { approveGrantRequest, rejectGrantRequest } from './decide-request';
import { revokeGrant } from './revoke';
import { tellOfUnusedGrants } from './tell-unused';

let workspace: TestWorkspace;
let agentId: string;
let gateway: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  gateway = (await makeKeyContext(workspace, 'gateway')).key;
});

const DAY_MS = 86_400_000;
const wish = (changes: object = {}) => ({
  agent: agentId,
  action: { name: 'crm.update', properties: { arguments: { field: 'discount', amount: 100 } } },
  resource: { type: 'customer', id: 'c-1' },
  scope: { uses: 5, minutes: 60, vary: ['/arguments/amount'] },
  reason: 'Monthly discounts for the renewals.',
  ...changes,
});
const ask = (changes: object = {}, key = gateway) =>
  call<GrantRequest & Problem>(postGrantRequest, { key, body: wish(changes) });
const read = (id: string, key = gateway) =>
  call<GrantRequest & Problem>(getGrantRequest, { key, params: { id }, method: 'GET' });
const like = (amount: number) =>
  askToWrite(workspace, agentId, {
    actor: `agent:${agentId}`,
    arguments: { field: 'discount', amount },
  });
const tokenOf = (id: string) =>
  issueAgentToken({ kind: 'agent', agentId: id, workspaceId: workspace.id }, Date.now());
const reviewer = () => workspace.as('reviewer');
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('a grant that an agent asks for', () => {
  it('is asked for once with one key, also after the process died between the call and the wish', async () => {
    const asking = async () => {
      const response = await postGrantRequest(
        new Request('http://localhost:3000/api/v1/grants/requests', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${gateway}`,
            'content-type': 'application/json',
            'idempotency-key': 'renewals-1',
          },
          body: JSON.stringify(wish()),
        }),
        { params: Promise.resolve({}) },
      );
      return (await response.json()) as GrantRequest;
    };
    const first = await asking();
    expect((await asking()).id).toBe(first.id);
    await sql('DELETE FROM grant_requests WHERE workspace_id = $1', [workspace.id]);
    expect((await asking()).approval.id).toBe(first.approval.id);
    const waiting = await sql('SELECT 1 FROM approvals WHERE workspace_id = $1', [workspace.id]);
    expect(waiting).toHaveLength(1);
  });

  it('waits as one approval, shows what is asked, and counts once a person approved it', async () => {
    const { status, body } = await ask({ agent: undefined }, await tokenOf(agentId));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'pending',
      agent: { id: agentId },
      tool: 'crm.update',
      requestedBy: `agent:${agentId}`,
      grant: null,
    });
    const shown = await getApproval(reviewer(), body.approval.id);
    expect(shown.grantRequest).toMatchObject({ id: body.id, ...{ scope: wish().scope } });
    expect((await listGrantRequests(reviewer(), { state: 'pending', limit: 10 })).items).toEqual([
      body,
    ]);
    expect((await like(50)).outcome).toBe('require_approval');

    const { digest } = body.approval;
    const granted = await approveGrantRequest(reviewer(), body.id, { digest });
    expect(granted).toMatchObject({
      state: 'granted',
      grant: { state: 'live', mostUses: 5, approvalId: body.approval.id },
    });
    const used = await like(50);
    expect(used).toMatchObject({ outcome: 'allow' });
    expect(used.reasons[0]?.code).toBe('grant.used');
    expect((await like(101)).outcome).toBe('require_approval');
    expect((await read(body.id)).body.grant).toMatchObject({ uses: 1 });
    const kinds = await ledgerKinds(workspace.id);
    expect(kinds).toEqual(expect.arrayContaining(['grant.requested', 'grant.given', 'grant.used']));

    await revokeGrant(reviewer(), granted.grant?.id ?? '');
    expect((await like(50)).outcome).toBe('require_approval');
    expect((await read(body.id)).body.grant?.state).toBe('ended');
  });

  it('is given as asked or narrower, never wider', async () => {
    const { body } = await ask();
    const { digest } = body.approval;
    for (const scope of [
      { uses: 6, minutes: 60, vary: [] },
      { uses: 5, minutes: 61, vary: [] },
      { uses: 5, minutes: 60, vary: ['/resource/id'] },
    ])
      await expect(approveGrantRequest(reviewer(), body.id, { digest, scope })).rejects.toEqual(
        code('grant_wider_than_asked'),
      );
    const scope = { uses: 1, minutes: 5, vary: [] };
    const granted = await approveGrantRequest(reviewer(), body.id, { digest, scope });
    expect(granted.grant).toMatchObject({ mostUses: 1, pattern: { varying: [] } });
    await expect(approveGrantRequest(reviewer(), body.id, { digest })).rejects.toEqual(
      code('already_decided'),
    );
  });

  it('is no grant when the call alone is approved, or nothing is', async () => {
    const once = await ask();
    await call(postGrantReject, {
      key: (await makeKeyContext(workspace, 'reviewer')).key,
      params: { id: once.body.id },
      body: { reason: 'not_needed' },
    });
    expect((await read(once.body.id)).body).toMatchObject({ state: 'rejected', grant: null });
    const { body } = await ask({ resource: { type: 'customer', id: 'c-9' } });
    await sql(`UPDATE approvals SET expires_at = now() - interval '1 minute' WHERE id = $1`, [
      body.approval.id,
    ]);
    expect((await read(body.id)).body.state).toBe('expired');
    expect((await listGrants(reviewer(), { state: 'all', limit: 10 })).items).toEqual([]);
  });

  it('is decided by nobody with a part in it, and by nobody without the role', async () => {
    const owner = await makePerson(workspace.id, 'reviewer', 'Olivia Owner');
    const own = await makeAskingAgent(workspace, { name: 'Own', owner: owner.email });
    const { body } = await ask({ agent: own.id });
    const { digest } = body.approval;
    await expect(
      approveGrantRequest({ actor: owner, now: new Date() }, body.id, { digest }),
    ).rejects.toEqual(code('own_agent'));
    await expect(approveGrantRequest(workspace.as('viewer'), body.id, { digest })).rejects.toEqual(
      code('forbidden'),
    );
    await expect(
      rejectGrantRequest(workspace.as('viewer'), body.id, { reason: 'unsafe' }),
    ).rejects.toEqual(code('forbidden'));
    expect((await approveGrantRequest(reviewer(), body.id, { digest })).state).toBe('granted');
  });

  it('stays within what an admin allows, and says so before anybody is asked', async () => {
    const none = async () => {
      const [row] = await sql<{ n: number }>(
        'SELECT count(*)::int AS n FROM approvals WHERE workspace_id = $1',
        [workspace.id],
      );
      expect(row?.n).toBe(0);
    };
    const refused: [object, string][] = [
      [{ scope: { uses: 51, minutes: 60, vary: [] } }, 'grant_over_limit'],
      [{ scope: { uses: 5, minutes: 121, vary: [] } }, 'grant_over_limit'],
      [{ scope: { uses: 5, minutes: 60, vary: ['/arguments/none'] } }, 'grant_too_wide'],
      [{ scope: { uses: 5, minutes: 60, vary: ['/resource/type'] } }, 'grant_too_wide'],
    ];
    for (const [changes, expected] of refused) {
      const { status, body } = await ask(changes);
      expect([status, body.code]).toEqual([422, expected]);
    }
    const off = { ...DEFAULT_VERDICT_RULES, grantMostUses: 0, reason: 'Off', basedOn: 0 };
    await setVerdictSettings(workspace.as('admin'), off);
    expect((await ask()).body.code).toBe('grants_off');
    await none();
    expect((await ask({ scope: { uses: 0, minutes: 60, vary: [] } })).status).toBe(400);
    expect((await ask({ reason: ' ' })).status).toBe(400);
  });

  it('is refused where nobody could approve it, and needless where the call runs anyway', async () => {
    await setKillSwitch(workspace.as('analyst'), {
      scope: { type: 'tool', value: 'crm.delete' },
      mode: 'halt',
      reason: 'For a test',
    });
    const stopped = await ask({
      action: { name: 'crm.delete' },
      scope: { uses: 1, minutes: 5, vary: [] },
    });
    expect([stopped.status, stopped.body.code]).toEqual([422, 'grant_not_possible']);
    await sql(`UPDATE rung_overrides SET rung = 4 WHERE workspace_id = $1 AND agent_id = $2`, [
      workspace.id,
      agentId,
    ]);
    const free = await ask();
    expect([free.status, free.body.code]).toEqual([409, 'grant_not_needed']);
  });

  it('is seen by its agent, its gateway and its workspace alone', async () => {
    const { body } = await ask();
    const other = await makeAskingAgent(workspace, { name: 'Other' });
    const stranger = await makeWorkspace();
    const elsewhere = (await makeKeyContext(stranger, 'gateway')).key;
    expect((await read(body.id, await tokenOf(agentId))).status).toBe(200);
    expect((await read(body.id, (await makeKeyContext(workspace, 'viewer')).key)).status).toBe(200);
    for (const key of [await tokenOf(other.id), elsewhere])
      expect((await read(body.id, key)).status).toBe(404);
    expect((await ask({}, await tokenOf(other.id))).status).toBe(403);
    expect((await ask({}, elsewhere)).status).toBe(404);
    const listed = await call<{ items: unknown[] }>(getGrantRequests, {
      key: (await makeKeyContext(stranger, 'viewer')).key,
      method: 'GET',
    });
    expect(listed.body.items).toEqual([]);
    const approved = await call(postGrantApprove, {
      key: (await makeKeyContext(stranger, 'reviewer')).key,
      params: { id: body.id },
      body: { digest: body.approval.digest },
    });
    expect(approved.status).toBe(404);
  });
});

describe('a grant that nobody uses', () => {
  const later = (days: number) => Date.now() + days * DAY_MS;
  const given = async () => {
    const wide = { ...DEFAULT_VERDICT_RULES, grantMostMinutes: 43_200, reason: 'Long', basedOn: 0 };
    await setVerdictSettings(workspace.as('admin'), wide);
    const scope = { uses: 5, minutes: 43_200, vary: ['/arguments/amount'] };
    const { body } = await ask({ scope }, await tokenOf(agentId));
    const { digest } = body.approval;
    const { grant } = await approveGrantRequest(reviewer(), body.id, { digest });
    return grant?.id ?? '';
  };
  const told = async () =>
    (await ledgerKinds(workspace.id)).filter((kind) => kind === 'grant.unused').length;
  const listedAt = async (days: number) => {
    const context = { ...reviewer(), now: new Date(later(days)) };
    return (await listGrants(context, { state: 'live', limit: 10 })).items[0];
  };

  it('is told of once after a week, shown from then on, and goes on as it was', async () => {
    await given();
    await tellOfUnusedGrants(later(6));
    expect(await told()).toBe(0);
    expect((await listedAt(6))?.unusedSince).toBeNull();
    await tellOfUnusedGrants(later(8));
    await tellOfUnusedGrants(later(9));
    expect(await told()).toBe(1);
    const listed = await listedAt(8);
    expect(listed?.unusedSince).toBe(listed?.grantedBy.at);
    expect(listed).toMatchObject({ state: 'live', mostUses: 5, uses: 0 });
    const [message] = await sql<{ event: string }>(
      'SELECT event FROM messages WHERE workspace_id = $1 AND event = $2',
      [workspace.id, 'grant.unused'],
    );
    expect(message).toEqual({ event: 'grant.unused' });
  });

  it('counts as used again from its next use on', async () => {
    const id = await given();
    const aWeekAgo = (column: string) =>
      sql(`UPDATE approval_grants SET ${column} = now() - interval '8 days' WHERE id = $1`, [id]);
    await aWeekAgo('granted_at');
    await tellOfUnusedGrants(Date.now());
    expect(await told()).toBe(1);
    expect((await like(50)).outcome).toBe('allow');
    await tellOfUnusedGrants(Date.now());
    expect(await told()).toBe(1);
    expect((await listedAt(0))?.unusedSince).toBeNull();
    await aWeekAgo('last_used_at');
    await tellOfUnusedGrants(Date.now());
    expect(await told()).toBe(2);
  });
});
