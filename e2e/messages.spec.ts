import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { launchBelay } from '@/lib/cli/launch';
import { messageSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { startReceiver, type Receiver } from '@/lib/services/messages/testing/receiver';
import { askForRefund, ConsoleCaller, expect, registerAgent, test } from './fixtures';
import { REFUND_TOOL } from './fixtures/agents';
import { openCall } from './fixtures/screens';
import { replaceOneTimePassword } from './fixtures/sign-in';

const clean = async (page: Page) =>
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

/** The messages about one agent, as other journeys share the workspace. */
const about = ({ received }: Receiver, agentId: string) =>
  received
    .map((item) => ({ ...item, message: messageSchema.parse(JSON.parse(item.body.toString())) }))
    .filter(({ message }) => message.data.agent?.id === agentId);

test('an admin adds a webhook, tests it, and a program is told of a call that waits', async ({
  agent,
  login,
}) => {
  const receiver = await startReceiver();
  try {
    const asker = await agent();
    const { page } = await login('admin');
    await page.goto('/settings?tab=messages');
    await page.getByRole('button', { name: 'Add a target' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a target' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Pager of the night');
    await dialog.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/hook`);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The night shift');
    await clean(page);
    await dialog.getByRole('button', { name: 'Add the target' }).click();
    const secret = (await dialog.locator('code').innerText()).trim();
    expect(secret).toMatch(/^whsec_/);
    await dialog.getByRole('button', { name: 'I have copied it' }).click();

    const row = page.getByRole('listitem').filter({ hasText: 'Pager of the night' });
    receiver.answer = { status: 202, text: 'noted, thank you' };
    await row.getByRole('button', { name: 'Send a test message' }).click();
    await expect(row.getByRole('status')).toContainText('Status 202. noted, thank you');

    const { approval } = await askForRefund(asker, '881', 40);
    await expect.poll(() => about(receiver, asker.id).length, { timeout: 15_000 }).toBe(1);
    const [told] = about(receiver, asker.id);
    new Webhook(secret).verify(told?.body ?? '', told?.headers as Record<string, string>);
    expect(told?.message).toMatchObject({ type: 'approval.requested' });
    expect(told?.body.toString()).not.toContain('881');
    await page.goto(told?.message.data.link ?? '');
    await expect(openCall(page)).toContainText(asker.name);
    expect(page.url()).toContain(approval?.id ?? 'no approval');

    // What fails stands there with the words of the other side.
    receiver.answer = { status: 500, text: 'out of paper' };
    await askForRefund(asker, '882', 41);
    await page.goto('/settings?tab=messages');
    const trouble = page.getByRole('list', { name: 'Deliveries in trouble' });
    await expect(trouble).toContainText('out of paper', { timeout: 15_000 });
    await clean(page);
    await row.getByRole('button', { name: 'Remove…' }).click();
    const question = page.getByRole('dialog', { name: /Remove the target/ });
    await question.getByRole('textbox', { name: 'Reason' }).fill('Morning');
    await question.getByRole('button', { name: 'Remove the target' }).click();
    await expect(page.getByText('No target yet')).toBeVisible();
  } finally {
    await receiver.stop();
  }
});

test('a message that was given up is sent again with a press', async ({ admin, agent, login }) => {
  const receiver = await startReceiver();
  const { id } = await admin.post<{ id: string }>('/api/v1/messages/targets', {
    kind: 'webhook',
    name: 'Pager that sleeps',
    url: `${receiver.url}/hook`,
    events: ['approval.requested'],
    reason: 'A journey',
  });
  try {
    const asker = await agent();
    receiver.answer = { status: 503, text: 'asleep' };
    await askForRefund(asker, '886', 45);
    await expect.poll(() => about(receiver, asker.id).length, { timeout: 15_000 }).toBe(1);
    // Seven tries lie behind it; the eighth is the last.
    await expect
      .poll(
        async () => {
          await sql(
            `UPDATE message_deliveries SET attempts = 7, due_at = now() WHERE receiver_id = $1 AND state = 'due' AND attempts > 0`,
            [id],
          );
          return about(receiver, asker.id).length;
        },
        { timeout: 15_000 },
      )
      .toBe(2);
    const { page } = await login('admin');
    await page.goto('/settings?tab=messages');
    const trouble = page
      .getByRole('list', { name: 'Deliveries in trouble' })
      .getByRole('listitem')
      .filter({ hasText: 'Pager that sleeps' });
    await expect(trouble).toContainText('asleep');
    const again = trouble.getByRole('button', { name: 'Send again to Pager that sleeps' });
    await expect(again).toBeVisible();
    await clean(page);
    receiver.answer = { status: 200, text: 'awake' };
    await again.click();
    await expect.poll(() => about(receiver, asker.id).length, { timeout: 15_000 }).toBe(3);
    // It arrived with one try, which is no trouble.
    await expect(trouble).toHaveCount(0);
  } finally {
    await admin.post(`/api/v1/messages/targets/${id}/remove`, { reason: 'Over' });
    await receiver.stop();
  }
});

test('a chat channel is told with a link and nothing to press but it', async ({ admin, agent }) => {
  const receiver = await startReceiver();
  const { id } = await admin.post<{ id: string }>('/api/v1/messages/targets', {
    kind: 'slack',
    name: 'Channel',
    url: `${receiver.url}/services/T/B/x`,
    events: ['approval.requested'],
    reason: 'A journey',
  });
  try {
    const asker = await agent();
    await askForRefund(asker, '883', 42);
    const texts = () => receiver.received.map(({ body }) => body.toString());
    await expect
      .poll(() => texts().some((text) => text.includes(asker.name)), { timeout: 15_000 })
      .toBe(true);
    const text = texts().find((candidate) => candidate.includes(asker.name)) ?? '';
    expect(text).toContain('Open in Belay');
    expect(text.match(/"type":"button"/g)).toHaveLength(1);
  } finally {
    await admin.post(`/api/v1/messages/targets/${id}/remove`, { reason: 'Over' });
    await receiver.stop();
  }
});

test('a reviewer asks for mail, gets a test, then a mail with a link to the call', async ({
  agent,
  login,
  mail,
}) => {
  const asker = await agent();
  const { page, person } = await login('reviewer');
  await page.goto('/settings?tab=you');
  await page.getByText('Each at once').click();
  await expect(page.getByRole('radio', { name: 'Each at once' })).toBeChecked();
  await clean(page);
  await page.getByRole('button', { name: /Send a test mail/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Delivered' })).toContainText('250');
  const { approval } = await askForRefund(asker, '884', 43);
  const mine = () =>
    mail.letters.filter(
      ({ to, raw }) => to.includes(person.email) && raw.includes(asker.name.slice(0, 12)),
    );
  await expect.poll(() => mine().length, { timeout: 15_000 }).toBe(1);
  const text = mine()[0]?.raw.replaceAll('=\r\n', '') ?? '';
  expect(text).toContain(`/approvals/${approval?.id}`);
  expect(text).not.toContain('884');
  await page.getByText('None', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'None' })).toBeChecked();
});

/** Titles of the notifications the system shows of this console. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.getRegistration('/push-worker.js');
    const notices = (await worker?.getNotifications()) ?? [];
    return notices.map(({ title, body }) => `${title}: ${body}`);
  });

test('a browser is asked on a click only, and then tells of a call, open or pushed', async ({
  agent,
  login,
  url,
}) => {
  const asker = await agent();
  const { page, context } = await login('reviewer');
  await page.goto('/settings?tab=you');
  await page.getByRole('button', { name: 'Notify me in this browser' }).click();
  await expect(page.getByText('does not let Belay show notifications')).toBeVisible();
  await context.grantPermissions(['notifications'], { origin: url });
  await page.getByRole('button', { name: 'Notify me in this browser' }).click();
  await expect(page.getByRole('button', { name: 'Stop in this browser' })).toBeVisible();
  await clean(page);

  // What the server pushes is shown as it is.
  const cdp = await context.newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  await cdp.send('ServiceWorker.deliverPushMessage', {
    origin: url,
    registrationId: await registration,
    data: JSON.stringify({
      title: 'Pushed',
      body: 'Risk: high',
      path: '/default/approvals',
      tag: 'x',
    }),
  });
  await expect.poll(() => shown(page)).toContain('Pushed: Risk: high');

  // While nobody looks at the open console, it tells by itself.
  await page.evaluate(() => {
    document.hasFocus = () => false;
  });
  await askForRefund(asker, '885', 44);
  await expect
    .poll(() => shown(page), { timeout: 15_000 })
    .toContain(`${asker.name} waits for approval: refund.create (medium risk)`);
  await page.getByRole('button', { name: 'Stop in this browser' }).click();
  await expect(page.getByRole('button', { name: 'Notify me in this browser' })).toBeVisible();
});

test('what was to be told is told after kill -9, under the name it had', async () => {
  test.setTimeout(180_000);
  const home = mkdtempSync(join(tmpdir(), 'belay-messages-'));
  const receiver = await startReceiver();
  const launch = () => launchBelay({ home, variables: { BELAY_PRIVATE_TARGETS: '1' } });
  let belay = await launch();
  try {
    const { email = '', oneTimePassword: password = '' } = belay.admin ?? {};
    const session = await replaceOneTimePassword(belay.url, { email, password }, 'a long password');
    const caller = new ConsoleCaller(belay.url, { session, workspace: 'default' });
    await caller.post('/api/v1/tools', REFUND_TOOL);
    const asker = await registerAgent(caller, { name: 'Night agent' });
    await caller.post('/api/v1/messages/targets', {
      kind: 'webhook',
      name: 'Pager',
      url: receiver.url,
      events: ['approval.requested'],
      reason: 'A journey',
    });
    receiver.answer = { status: 503, text: 'not now' };
    const asked = new Set<string>();
    const ask = async (order: string) => {
      const { approval } = await askForRefund(asker, order, 10);
      asked.add(approval?.id ?? '');
    };
    await ask('1');
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBeGreaterThan(0);
    const before = receiver.received.at(-1)?.headers['webhook-id'];
    for (const order of ['2', '3', '4', '5', '6']) await ask(order);
    // Some are written down by now, some are not, and one is between two tries.
    await belay.kill9('server');
    receiver.received.length = 0;
    receiver.answer = { status: 200, text: 'ok' };
    await belay.stop();
    belay = await launch();
    const told = () => about(receiver, asker.id).map(({ message }) => message.data.subject);
    await expect.poll(() => new Set(told()), { timeout: 90_000 }).toEqual(asked);
    expect(told()).toHaveLength(asked.size);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toContain(before);
  } finally {
    await belay.stop();
    await receiver.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
