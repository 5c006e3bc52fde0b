import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { foldDueVerdicts } from '@/lib/decide';
import { approveAction } from '@/lib/services/approvals/approve';
import { claimApproval } from '@/lib/services/approvals/claim';
import { rejectAction } from '@/lib/services/approvals/reject';
import { undoVerdict } from '@/lib/services/approvals/undo';
import { placeTestCanary } from '@/lib/services/canaries/testing/place-test-canary';
import { createIncident } from '@/lib/services/incidents/create';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  askForApproval,
  ledgerKinds,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { MOST_TRIES } from './backoff';
import { deliverMessages } from './deliver';
import { forgetAnnouncements } from './forget-announcements';
import { gatherMessages } from './gather';
import { messagesOverview, setMessageSettings } from './overview';
import { sendAgain } from './send-again';
import { addTarget, removeTarget, resumeTarget, rotateTarget, tryTarget } from './targets';
import {
  ALL,
  deliveriesOf,
  messageIn,
  MINUTE,
  startOutside,
  type Outside,
} from './testing/outside';
import type { Receiver } from './testing/receiver';

let outside: Outside;
let receiver: Receiver;

let workspace: TestWorkspace;
let agentId: string;

beforeAll(async () => {
  outside = await startOutside();
});
afterAll(() => outside.stop());
beforeEach(async () => {
  await outside.renew();
  ({ receiver, workspace, agentId } = outside);
});
const round = (laterMs?: number) => outside.round(laterMs);
const deliveries = () => deliveriesOf(workspace.id);
const target = (kind: 'webhook' | 'slack' = 'webhook', path = '/hook') =>
  addTarget(workspace.as('admin'), {
    kind,
    name: 'Pager',
    url: `${receiver.url}${path}`,
    events: ALL,
    reason: 'A test',
  });
const json = (index = -1) => messageIn(receiver, index);

describe('a webhook', () => {
  it('is signed as the public library verifies, and says who, what and how long, but no arguments', async () => {
    const { secret = '', host } = await target();
    expect(receiver.url).toContain(host);
    const { approvalId } = await askForApproval(workspace, agentId);
    await round();
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = receiver.received;
    new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(() =>
      new Webhook(secret).verify(`${body.toString()} `, headers as Record<string, string>),
    ).toThrow();
    const { type, data } = json();
    expect(type).toBe('approval.requested');
    expect(data).toMatchObject({
      link: `https://belay.example/${workspace.slug}/approvals/${approvalId}`,
      tool: 'crm.update',
      risk: 'medium',
      agent: { id: agentId },
    });
    expect(data).not.toHaveProperty('arguments');
    expect(body.toString()).not.toContain('Ada');
    expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 1, last_status: 200 }]);
  });

  it('carries arguments without their secrets where the workspace says so', async () => {
    await target();
    await setMessageSettings(workspace.as('admin'), { withArguments: true, reason: 'A test' });
    await askForApproval(workspace, agentId, {
      id: 'c-1',
      name: 'Ada',
      password: 'hunter2 hunter2',
    });
    await round();
    expect(json().data.arguments).toMatchObject({ name: 'Ada' });
    expect(receiver.received[0]?.body.toString()).not.toContain('hunter2');
  });

  it('tells each thing once: asked, closed, incident, switch, and not what else changes', async () => {
    await target();
    const { approvalId } = await askForApproval(workspace, agentId);
    await claimApproval(workspace.as('reviewer'), approvalId);
    await rejectAction(workspace.as('reviewer'), approvalId, { reason: 'not_needed' });
    await createIncident(workspace.as('analyst'), { agentId, severity: 3, title: 'Odd' });
    await setKillSwitch(workspace.as('analyst'), {
      scope: { type: 'tool', value: 'crm.update' },
      mode: 'halt',
      reason: 'A test',
    });
    await round();
    await round(MINUTE);
    const told = receiver.received.map((_, index) => json(index));
    expect(told.map(({ type }) => type).sort()).toEqual([...ALL].sort());
    expect(told.find(({ type }) => type === 'approval.closed')?.data.state).toBe('rejected');
    expect(told.find(({ type }) => type === 'kill_switch.set')?.data.scope).toBe('tool crm.update');
  });

  it('tells how a call ended only when that is certain, and so never a verdict that was taken back', async () => {
    await target();
    const first = await askForApproval(workspace, agentId);
    const reviewer = workspace.as('reviewer');
    const { approvalId, digest } = first;
    await approveAction(reviewer, approvalId, { digest, undoable: true });
    await round();
    await undoVerdict(reviewer, approvalId);
    await round();
    await rejectAction(reviewer, approvalId, { reason: 'unsafe', undoable: true });
    await round();
    const told = () =>
      receiver.received.map((_, index) => json(index)).map(({ type, data }) => [type, data.state]);
    expect(told()).toEqual([['approval.requested', undefined]]);
    await foldDueVerdicts(Date.now() + MINUTE);
    await round();
    await claimOther();
    await round();
    expect(told().slice(1, 2)).toEqual([['approval.closed', 'rejected']]);
    expect(told().filter(([type]) => type === 'approval.closed')).toHaveLength(1);

    async function claimOther(): Promise<void> {
      const other = await askForApproval(workspace, agentId, { id: 'c-2', name: 'Bo' });
      await claimApproval(reviewer, other.approvalId);
    }
  });

  it('says of a canary that it was one, once it has ended', async () => {
    await target();
    await askForApproval(workspace, agentId);
    await round();
    const { id } = await placeTestCanary(workspace);
    await round();
    expect(json().data).not.toHaveProperty('canary');
    await rejectAction(workspace.as('reviewer'), id, { reason: 'unsafe' });
    await round();
    expect(json()).toMatchObject({ type: 'approval.closed', data: { subject: id, canary: true } });
  });

  it('tells nothing that happened before it was added', async () => {
    await askForApproval(workspace, agentId);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await target();
    await round();
    expect(receiver.received).toEqual([]);
  });

  it('tells what happened while no server ran, as announcements wait for that', async () => {
    await target();
    await askForApproval(workspace, agentId);
    await forgetAnnouncements(Date.now() + 24 * 60 * MINUTE);
    await round();
    expect(receiver.received).toHaveLength(1);
    await forgetAnnouncements(Date.now() + 24 * 60 * MINUTE);
    const left = await sql('SELECT 1 FROM outbox WHERE workspace_id = $1', [workspace.id]);
    expect(left).toEqual([]);
  });

  it('comes again with growing pauses under the same id, and is given up in the end', async () => {
    await target();
    receiver.answer = { status: 503, text: 'down for a moment' };
    await askForApproval(workspace, agentId);
    await round();
    expect(await round(1_000)).toBe(0);
    for (let tries = 2; tries <= MOST_TRIES; tries += 1) await round(4 * 60 * MINUTE);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(MOST_TRIES);
    expect(new Set(ids).size).toBe(1);
    expect(await round(24 * 60 * MINUTE)).toBe(0);
    const { troubled, targets } = await messagesOverview(workspace.as('admin'));
    expect(troubled).toMatchObject([
      { state: 'given_up', attempts: MOST_TRIES, lastStatus: 503, lastAnswer: 'down for a moment' },
    ]);
    expect(targets).toMatchObject([{ waiting: 0, sent: 0, givenUp: 1 }]);
  });

  it('that was given up is sent again by hand under the same id, with all its tries before it', async () => {
    const { id } = await target();
    receiver.answer = { status: 503, text: 'down for a moment' };
    await askForApproval(workspace, agentId);
    const admin = workspace.as('admin');
    const troubled = async () => (await messagesOverview(admin)).troubled[0];
    for (let tries = 0; tries < MOST_TRIES; tries += 1) await round(4 * 60 * MINUTE);
    const delivery = (await troubled())?.id ?? '';
    await expect(sendAgain(workspace.as('manager'), delivery)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const other = await makeWorkspace();
    await expect(sendAgain(other.as('admin'), delivery)).rejects.toMatchObject({
      code: 'not_found',
    });
    await sql('UPDATE message_targets SET disabled_at = now() WHERE id = $1', [id]);
    await expect(sendAgain(admin, delivery)).rejects.toMatchObject({ code: 'target_off' });
    await resumeTarget(admin, id, 'Back');
    const twice = await Promise.allSettled([
      sendAgain(admin, delivery),
      sendAgain(admin, delivery),
    ]);
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await troubled()).toMatchObject({ state: 'due', attempts: 0 });
    expect(await round()).toBe(1);
    expect(await troubled()).toMatchObject({ state: 'due', attempts: 1 });
    receiver.answer = { status: 200, text: 'ok' };
    await round(4 * 60 * MINUTE);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(MOST_TRIES + 2);
    expect(new Set(ids).size).toBe(1);
    await expect(sendAgain(admin, delivery)).rejects.toMatchObject({ code: 'not_given_up' });
    expect(await ledgerKinds(workspace.id)).toContain('message.sent_again');
  });

  it('is switched off by 410, which the ledger says, and can be switched on again', async () => {
    const { id } = await target();
    receiver.answer = { status: 410, text: 'gone' };
    await askForApproval(workspace, agentId);
    await round();
    await askForApproval(workspace, agentId, { id: 'c-2', name: 'Bo' });
    await round(MINUTE);
    expect(receiver.received).toHaveLength(1);
    expect(await ledgerKinds(workspace.id)).toContain('message_target.disabled');
    receiver.answer = { status: 200, text: 'ok' };
    const { disabledAt } = await resumeTarget(workspace.as('admin'), id, 'Back');
    expect(disabledAt).toBeNull();
  });

  it('is sent once by many processes, and again when the process that had taken it died', async () => {
    await target();
    for (let index = 0; index < 20; index += 1)
      await askForApproval(workspace, agentId, { id: `c-${index}`, name: 'Ada' });
    const now = Date.now();
    await Promise.all(Array.from({ length: 4 }, () => gatherMessages(now)));
    for (let turn = 0; turn < 4; turn += 1)
      await Promise.all(Array.from({ length: 6 }, () => deliverMessages(now, () => 0)));
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
    // A process that is killed while it sends leaves its row taken.
    await sql(
      `UPDATE message_deliveries SET state = 'due', taken_until = $2 WHERE workspace_id = $1 AND id = (
         SELECT id FROM message_deliveries WHERE workspace_id = $1 ORDER BY id LIMIT 1)`,
      [workspace.id, new Date(now + MINUTE)],
    );
    expect(await deliverMessages(now + MINUTE / 2, () => 0)).toBe(0);
    expect(await deliverMessages(now + 2 * MINUTE, () => 0)).toBe(1);
  });

  it('is signed with both secrets for a day after a rotation', async () => {
    const { id, secret: before = '' } = await target();
    const { secret: after = '' } = await rotateTarget(workspace.as('admin'), id, 'Old');
    await tryTarget(workspace.as('admin'), id);
    const verify = (secret: string, index = -1) => {
      const { body, headers } = receiver.received.at(index) ?? { body: '', headers: {} };
      return new Webhook(secret).verify(body, headers as Record<string, string>);
    };
    expect(verify(before)).toMatchObject({ type: 'test' });
    expect(verify(after)).toMatchObject({ type: 'test' });
    await sql('UPDATE message_targets SET previous_until = $2 WHERE workspace_id = $1', [
      workspace.id,
      new Date(Date.now() - 1),
    ]);
    await tryTarget(workspace.as('admin'), id);
    expect(() => verify(before)).toThrow();
    expect(verify(after)).toMatchObject({ type: 'test' });
  });

  it('follows no redirect, and a test says what was answered', async () => {
    const { id } = await target();
    receiver.answer = { status: 302, text: 'over there', headers: { location: '/elsewhere' } };
    const tried = await tryTarget(workspace.as('admin'), id);
    expect(tried).toMatchObject({ delivered: false, status: 302, answer: 'over there' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('keeps address and secret sealed', async () => {
    const { secret = '' } = await target('webhook', '/a-secret-path');
    const [row] = await sql<{ text: string }>(
      `SELECT t::text AS text FROM message_targets t WHERE workspace_id = $1`,
      [workspace.id],
    );
    for (const hidden of [secret, 'a-secret-path'])
      expect(row?.text).not.toContain(Buffer.from(hidden).toString('hex'));
    expect(JSON.stringify(await messagesOverview(workspace.as('admin')))).not.toContain(secret);
  });
});

describe('a target', () => {
  it('inside the network is refused unless the operator allows such, by number or by name', async () => {
    changeEnvironment({ BELAY_PRIVATE_TARGETS: '0' });
    await expect(target()).rejects.toMatchObject({ code: 'address_refused' });
    const { id } = await addTarget(workspace.as('admin'), {
      kind: 'webhook',
      name: 'By name',
      url: receiver.url.replace('127.0.0.1', 'localhost'),
      events: ALL,
      reason: 'A test',
    });
    const tried = await tryTarget(workspace.as('admin'), id);
    expect(tried).toMatchObject({ delivered: false, status: null });
    expect(tried.answer).toContain('inside the network');
    expect(receiver.received).toEqual([]);
  });

  it('is for those who manage the workspace, and of this workspace', async () => {
    const { id } = await target();
    const other = await makeWorkspace();
    await expect(tryTarget(workspace.as('manager'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(removeTarget(other.as('admin'), id, 'x')).rejects.toMatchObject({
      code: 'not_found',
    });
    await removeTarget(workspace.as('admin'), id, 'Not needed');
    expect((await messagesOverview(workspace.as('admin'))).targets).toEqual([]);
  });
});

describe('a Slack message', () => {
  it('that is too long for Slack says at its end that it was cut', async () => {
    await target('slack');
    await setMessageSettings(workspace.as('admin'), { withArguments: true, reason: 'A test' });
    // Names are long once what cannot be seen in them is spelled out.
    await sql('UPDATE agents SET name = $2 WHERE id = $1', [agentId, '\u200b'.repeat(120)]);
    await sql('UPDATE workspaces SET name = $2 WHERE id = $1', [
      workspace.id,
      '\u200b'.repeat(120),
    ]);
    await askForApproval(workspace, agentId, { id: 'c-1', text: 'x'.repeat(5_000) });
    await round();
    const { blocks } = JSON.parse(receiver.received[0]?.body.toString() ?? '') as {
      blocks: { text?: { text: string } }[];
    };
    const texts = blocks.flatMap(({ text }) => text?.text ?? []);
    expect(texts[1]).toHaveLength(3_000);
    expect(texts[1]).toMatch(/cut: open Belay to read the rest\)$/);
  });

  it('has a link and nothing to press but it; what agents wrote stays text', async () => {
    const { id } = await target('slack');
    await sql('UPDATE agents SET name = $2 WHERE id = $1', [
      agentId,
      '<!channel> `*x*` & <https://evil.example|here>\u202e',
    ]);
    await askForApproval(workspace, agentId);
    await round();
    const body = JSON.parse(receiver.received[0]?.body.toString() ?? '') as {
      text: string;
      blocks: { type: string; text?: { type: string }; elements?: unknown[] }[];
    };
    expect(body.text).toContain('&lt;!channel&gt;');
    expect(body.text).toContain('&amp;');
    expect(body.text).toContain('[U+202E]');
    expect(body.text.match(/</g)).toHaveLength(1);
    expect(body.text.match(/`/g)).toHaveLength(2);
    expect(body.blocks.flatMap(({ text }) => text?.type ?? [])).toEqual([
      'plain_text',
      'plain_text',
    ]);
    expect(body.blocks.at(-1)?.elements).toMatchObject([
      { type: 'button', url: expect.stringContaining('https://belay.example/') as string },
    ]);
    expect(await tryTarget(workspace.as('admin'), id)).toMatchObject({
      delivered: true,
      answer: 'ok',
    });
  });
});
