/** What is told of keys that end, and to whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { rotateAgentKey } from '@/lib/services/agents/rotate-key';
import { setPreferences } from '@/lib/services/messages/preferences';
import { addTarget } from '@/lib/services/messages/targets';
import { messageIn, startOutside, type Outside } from '@/lib/services/messages/testing/outside';
import { ledgerKinds, newPublicKey } from '@/lib/services/testing/fixture';
import { noteKeyExpiries } from './key-expiries';

const DAY_MS = 86_400_000;
/** From the beginning of a test to the end of the key. */
const LASTS_DAYS = 20;

let outside: Outside;
let begun: number;
let end: string;

beforeAll(async () => {
  outside = await startOutside();
});
afterAll(() => outside.stop());
beforeEach(async () => {
  await outside.renew();
  begun = Date.now();
  end = new Date(begun + LASTS_DAYS * DAY_MS).toISOString();
  await addTarget(outside.workspace.as('admin'), {
    kind: 'webhook',
    name: 'On call',
    url: `${outside.receiver.url}/hook`,
    events: ['agent.key_expiring'],
    reason: 'For a test',
  });
});

const lastKey = (expiresAt?: string) =>
  rotateAgentKey(outside.workspace.as('manager'), outside.agentId, newPublicKey(), {
    expiresAt,
    overlapSeconds: 0,
  });
/** Several processes look, so many days before the end. */
const look = (daysBefore: number) =>
  Promise.all(
    Array.from({ length: 3 }, () => noteKeyExpiries(Date.parse(end) - daysBefore * DAY_MS)),
  );
const told = async () =>
  (await ledgerKinds(outside.workspace.id)).filter((kind) => kind.startsWith('agent.key_exp'));
/** What has gone out by the end of the key. */
const sent = async () => {
  await outside.round(LASTS_DAYS * DAY_MS);
  return outside.receiver.received.length;
};

describe('the last key of an agent', () => {
  it('is told of outside within 7 days and within one of its end, once each', async () => {
    await lastKey(end);
    for (const [daysBefore, messages] of [
      [13, 0],
      [7.1, 0],
      [6.9, 1],
      [2, 1],
      [0.9, 2],
      [0.5, 2],
    ] as const) {
      await look(daysBefore);
      expect(await sent()).toBe(messages);
    }
    const { workspace, agentId } = outside;
    expect(messageIn(outside.receiver)).toMatchObject({
      type: 'agent.key_expiring',
      data: {
        subject: agentId,
        agent: { id: agentId, name: 'CRM agent' },
        expiresAt: end,
        link: `https://belay.example/${workspace.slug}/agents/${agentId}?tab=identity`,
      },
    });
    const [key] = await sql<{ kid: string }>(
      'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2 AND revoked_at IS NULL',
      [workspace.id, agentId],
    );
    expect(messageIn(outside.receiver).data.key).toBe(key?.kid);
  });

  it('is in the ledger 14 days before as well, and once it is over', async () => {
    await lastKey(end);
    for (const daysBefore of [15, 13, 6, 0.5, -0.1, -1]) await look(daysBefore);
    const expiring = Array.from({ length: 3 }, () => 'agent.key_expiring');
    expect(await told()).toEqual([...expiring, 'agent.key_expired']);
  });

  it('that was given for a short time is told of once for all that is over', async () => {
    end = new Date(begun + 20 * 3_600_000).toISOString();
    await lastKey(end);
    await noteKeyExpiries(begun);
    await noteKeyExpiries(begun + 3_600_000);
    expect(await told()).toEqual(['agent.key_expiring']);
    expect(await sent()).toBe(1);
  });

  it('is told of by mail to those who may change it', async () => {
    for (const role of ['manager', 'reviewer'] as const)
      await setPreferences(outside.workspace.as(role), { mail: 'each', digestMinutes: 30 });
    await lastKey(end);
    await look(6);
    await sent();
    const { email } = outside.workspace.as('manager').actor;
    expect(outside.mail.letters.map(({ to }) => to)).toEqual([[email]]);
    expect(outside.mail.letters[0]?.raw).toContain('Subject: The last key of CRM agent ends at');
  });
});

it('nothing is told of a key that another one outlives, or that was taken out', async () => {
  await lastKey(end);
  await rotateAgentKey(outside.workspace.as('manager'), outside.agentId, newPublicKey(), {
    replace: false,
  });
  await look(0.5);
  await lastKey();
  await look(-1);
  expect(await told()).toEqual([]);
  expect(await sent()).toBe(0);
});
