import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { redeemPermit } from '@/lib/decide';
import { approveAction } from '@/lib/services/approvals/approve';
import { changePerson } from '@/lib/services/people/change';
import {
  askForApproval,
  keyContext,
  makeAskingAgent,
  makeKeyBy,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { createApiKey } from './create';
import { listApiKeys } from './list';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
/** An admin besides the fixture's, so that there is one left to lower or disable them. */
const secondAdmin = async () => ({
  actor: await makePerson(workspace.id, 'admin', 'Ada'),
  now: new Date(),
});

describe('a key and the person behind it', () => {
  it('may no more than that person may now', async () => {
    const ada = await secondAdmin();
    const first = await makeKeyBy(ada, 'admin');
    const second = await makeKeyBy(first, 'manager');
    await changePerson(workspace.as('admin'), ada.actor.personId, { role: 'reviewer' });
    expect((await keyContext(first.key)).actor.role).toBe('reviewer');
    expect((await keyContext(second.key)).actor.role).toBe('reviewer');
    await expect(
      createApiKey(await keyContext(first.key), { name: 'Back again', role: 'admin' }),
    ).rejects.toEqual(code('forbidden'));
    await changePerson(workspace.as('admin'), ada.actor.personId, { role: 'admin' });
    expect((await keyContext(second.key)).actor.role).toBe('manager');
  });

  it.each<[string, (personId: string) => Promise<unknown>]>([
    [
      'is disabled',
      (personId) => changePerson(workspace.as('admin'), personId, { disabled: true }),
    ],
    [
      'left the workspace',
      (personId) => sql('DELETE FROM memberships WHERE person_id = $1', [personId]),
    ],
    ['is gone', (personId) => sql('DELETE FROM people WHERE id = $1', [personId])],
  ])('are out together when the person %s', async (_, leave) => {
    const ada = await secondAdmin();
    const first = await makeKeyBy(ada, 'admin');
    const second = await makeKeyBy(first, 'gateway');
    await leave(ada.actor.personId);
    for (const { key } of [first, second])
      await expect(keyContext(key)).rejects.toEqual(code('key_author_out'));
    expect((await listApiKeys(workspace.as('admin'), { limit: 9 })).items).toHaveLength(2);
  });

  it('stop a gateway when its maker may no longer register agents', async () => {
    const ada = await secondAdmin();
    const { key } = await makeKeyBy(ada, 'gateway');
    await changePerson(workspace.as('admin'), ada.actor.personId, { role: 'manager' });
    expect((await keyContext(key)).actor.role).toBe('gateway');
    await changePerson(workspace.as('admin'), ada.actor.personId, { role: 'analyst' });
    await expect(keyContext(key)).rejects.toEqual(code('key_author_out'));
  });

  it('do not concern a key of the command line', async () => {
    const { key } = await makeKeyContext(workspace, 'admin');
    await sql('UPDATE people SET disabled_at = now()');
    expect((await keyContext(key)).actor).toMatchObject({ role: 'admin', author: null });
  });
});

describe('a permit that a key approved', () => {
  const redeem = async (approver: Parameters<typeof approveAction>[0], before: () => unknown) => {
    const agent = await makeAskingAgent(workspace);
    const asked = await askForApproval(workspace, agent.id, { id: 'c-1' });
    await approveAction(approver, asked.approvalId, { digest: asked.digest });
    await before();
    return redeemPermit({
      workspaceId: workspace.id,
      agentId: agent.id,
      decisionId: asked.decisionId,
      actor: `agent:${agent.id}`,
      tool: 'crm.update',
      arguments: { id: 'c-1' },
      resource: { type: 'customer', id: 'c-1' },
      now: Date.now(),
    });
  };

  it('is good while the key is', async () => {
    const key = await makeKeyBy(workspace.as('admin'), 'reviewer');
    expect(await redeem(key, () => undefined)).toHaveProperty('redeemedAt');
  });

  it.each<[string, (keyId: string, personId: string) => Promise<unknown>]>([
    [
      'the key expired',
      (keyId) =>
        sql(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [keyId]),
    ],
    [
      'its maker was disabled',
      (_, personId) => changePerson(workspace.as('admin'), personId, { disabled: true }),
    ],
    [
      'its maker only looks on now',
      (_, personId) => changePerson(workspace.as('admin'), personId, { role: 'viewer' }),
    ],
  ])('is good for nothing once %s', async (_, change) => {
    const ada = await secondAdmin();
    const key = await makeKeyBy(ada, 'reviewer');
    await expect(redeem(key, () => change(key.actor.keyId, ada.actor.personId))).rejects.toEqual(
      code('approver_lost_role'),
    );
  });
});
