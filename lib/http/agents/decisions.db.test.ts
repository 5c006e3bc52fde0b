import { beforeEach, describe, expect, it } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import type { KeyRole } from '@/lib/contracts';
import { approveAction } from '@/lib/services/approvals/approve';
import {
  askForApproval,
  makeAskingAgent,
  makeKeyContext,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { decisionStatusHandler, redeemHandler } from './decisions';

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; decisionId: string; digest: string };

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  asked = await askForApproval(workspace, agentId);
  await approveAction(workspace.as('reviewer'), asked.approvalId, { digest: asked.digest });
});

const keyOf = async (role: KeyRole, of = workspace) => (await makeKeyContext(of, role)).key;

async function read(bearer: string, query = '') {
  const request = new Request(
    `http://localhost:3000/api/v1/decisions/${asked.decisionId}${query}`,
    { headers: { authorization: `Bearer ${bearer}` } },
  );
  const response = await decisionStatusHandler(request, {
    params: Promise.resolve({ id: asked.decisionId }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('where a decision stands', () => {
  it.each(['viewer', 'reviewer', 'analyst', 'manager', 'admin'] as const)(
    'can be read with the key of a %s, without the permit',
    async (role) => {
      const { status, body } = await read(await keyOf(role), '?wait=1');
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: asked.decisionId, state: 'approved' });
      expect(body).not.toHaveProperty('permit');
    },
  );

  it('comes with the permit for the agent itself and for a gateway', async () => {
    const agent = { kind: 'agent', agentId, workspaceId: workspace.id } as const;
    for (const bearer of [await issueAgentToken(agent, Date.now()), await keyOf('gateway')])
      expect((await read(bearer)).body).toMatchObject({
        state: 'approved',
        permit: { token: expect.any(String) as unknown },
      });
  });

  it('is waited for by so many calls of one caller, who is told when to come back', async () => {
    const pending = await askForApproval(workspace, agentId, { n: 2 });
    const token = await issueAgentToken(
      { kind: 'agent', agentId, workspaceId: workspace.id },
      Date.now(),
    );
    const gone = new AbortController();
    const wait = (signal = gone.signal) =>
      decisionStatusHandler(
        new Request(`http://localhost:3000/api/v1/decisions/${pending.decisionId}?wait=60`, {
          headers: { authorization: `Bearer ${token}` },
          signal,
        }),
        { params: Promise.resolve({ id: pending.decisionId }) },
      );
    const all = Array.from({ length: 257 }, () => wait());
    const refused = await Promise.race(all);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('5');
    gone.abort();
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(256);
    expect((await wait(AbortSignal.timeout(50))).status).toBe(200);
  });

  it('is 404 for a key of another workspace, as if it did not exist', async () => {
    const { status, body } = await read(await keyOf('admin', await makeWorkspace()));
    expect([status, body['code']]).toEqual([404, 'not_found']);
  });

  it('can be read with a key that still may not redeem', async () => {
    const request = new Request(
      `http://localhost:3000/api/v1/decisions/${asked.decisionId}/redeem`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await keyOf('admin')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          action: { name: 'crm.update', properties: { arguments: { id: 'c-1', name: 'Ada' } } },
          resource: { type: 'customer', id: 'c-1' },
        }),
      },
    );
    const response = await redeemHandler(request, {
      params: Promise.resolve({ id: asked.decisionId }),
    });
    expect(response.status).toBe(403);
  });
});
