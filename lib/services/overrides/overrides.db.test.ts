import { beforeEach, describe, expect, it } from 'vitest';
import { agentListQuerySchema } from '@/lib/contracts';
import { listAgents } from '@/lib/services/agents/list';
import { getOverview } from '@/lib/services/overview/get';
import {
  ledgerKinds,
  makeAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { createOverride } from './create';
import { endOverride } from './end';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('pinning a rung', () => {
  const pin = (
    agentId: string,
    rung: number,
    until: string,
    role: 'manager' | 'analyst' = 'manager',
  ) => createOverride(workspace.as(role), agentId, { rung, until, reason: 'We know it well' });

  it('counts instead of the earned rung, which stays in sight, ends by hand, and leaves the score alone', async () => {
    const agent = await makeAgent(workspace);
    const pinned = await pin(agent.id, 4, daysFromNow(7));
    expect(pinned.override).toMatchObject({ rung: 4, earnedRung: 1, reason: 'We know it well' });
    expect(pinned.trust.rung).toBe(4);
    expect(pinned.trust.score).toBeCloseTo(agent.trust.score, 6);
    const ended = await endOverride(workspace.as('manager'), agent.id, pinned.override?.id ?? '');
    expect(ended.override).toBeNull();
    expect(ended.trust.rung).toBe(1);
    expect(await ledgerKinds(workspace.id)).toEqual(
      expect.arrayContaining(['override.created', 'override.ended']),
    );
  });

  it('is where the list finds the agent and the overview counts it, until the pin is over', async () => {
    const agent = await makeAgent(workspace);
    await pin(agent.id, 4, daysFromNow(7));
    const seenAt = async (at: Date) => {
      const viewer = workspace.as('viewer', at);
      const { byRung } = await getOverview(viewer);
      const lists = await Promise.all(
        [1, 4].map((rung) => listAgents(viewer, agentListQuerySchema.parse({ rung }))),
      );
      return {
        listed: lists.map(({ items }) => items.map(({ trust }) => trust.rung)),
        totals: lists.map(({ total }) => total),
        counted: [byRung['1'], byRung['4']],
      };
    };
    const onFour = { listed: [[], [4]], totals: [0, 1], counted: [0, 1] };
    const onOne = { listed: [[1], []], totals: [1, 0], counted: [1, 0] };
    expect(await seenAt(new Date())).toEqual(onFour);
    expect(await seenAt(new Date(daysFromNow(8)))).toEqual(onOne);
  });

  it('cannot lift to full autonomy, or for longer than a month', async () => {
    const agent = await makeAgent(workspace);
    await expect(pin(agent.id, 5, daysFromNow(1))).rejects.toEqual(code('lift_too_high'));
    await expect(pin(agent.id, 4, daysFromNow(31))).rejects.toEqual(code('lift_too_long'));
    await expect(pin(agent.id, 4, daysFromNow(-1))).rejects.toEqual(code('until_past'));
    await expect(pin(agent.id, 1, daysFromNow(300))).resolves.toBeDefined();
  });

  it('is for managers of the workspace', async () => {
    const agent = await makeAgent(workspace);
    await expect(pin(agent.id, 3, daysFromNow(1), 'analyst')).rejects.toEqual(code('forbidden'));
    const foreign = (await makeWorkspace()).as('admin');
    const input = { rung: 3, until: daysFromNow(1), reason: 'x' };
    await expect(createOverride(foreign, agent.id, input)).rejects.toEqual(code('not_found'));
  });
});
