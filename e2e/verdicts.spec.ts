import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import type { VerdictSettings } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { askForRefund, expect, test, type ConsoleCaller, type RegisteredAgent } from './fixtures';
import { REFUND_TOOL } from './fixtures/agents';
import { approveByKeyboard } from './fixtures/keyboard';
import { ending, openCall, queueRow, untilLive } from './fixtures/screens';

/** Changes the verdict settings, and gives back what they were. */
async function change(
  admin: ConsoleCaller,
  changes: (now: VerdictSettings) => Partial<VerdictSettings>,
): Promise<() => Promise<unknown>> {
  const before = await admin.get<VerdictSettings>('/api/v1/verdict-settings');
  const send = async (settings: Partial<VerdictSettings>) => {
    const { version } = await admin.get<VerdictSettings>('/api/v1/verdict-settings');
    const { undoSeconds, approvalsNeeded, grantMostUses, grantMostMinutes } = {
      ...before,
      ...settings,
    };
    await admin.post('/api/v1/verdict-settings', {
      undoSeconds,
      approvalsNeeded,
      grantMostUses,
      grantMostMinutes,
      reason: 'For a journey',
      basedOn: version,
    });
  };
  await send(changes(before));
  return () => send({});
}

test('a verdict is taken back with one key, and the agent waits again', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  const { id, asked } = await askForRefund(asker, '5101', 40);
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await approveByKeyboard(page, detail);
  const bar = page.getByRole('region', { name: 'Your last verdict' });
  await expect(bar).toContainText(/counts in \d+ s/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  expect((await asker.client.wait(id, 0)).state).toBe('approved');

  await page.keyboard.press('u');
  await expect(detail.getByRole('button', { name: /Approve this call/ })).toBeVisible();
  await expect(bar).toBeHidden();
  await expect(queueRow(page, asker.name)).toHaveAttribute('aria-selected', 'true');
  expect((await asker.client.wait(id, 0)).state).toBe('pending');
  await expect(asker.client.redeem(id, asked)).rejects.toMatchObject({
    status: 409,
    code: 'verdict_undone',
  });

  await approveByKeyboard(page, detail);
  await expect(asker.client.redeem(id, asked)).resolves.toMatchObject({ state: 'redeemed' });
  await expect(detail).toContainText(/score .* points/);
});

test('two people approve, and the second is somebody else', async ({ admin, agent, login }) => {
  const restore = await change(admin, ({ approvalsNeeded }) => ({
    approvalsNeeded: { ...approvalsNeeded, medium: 2 },
  }));
  const asker = await agent();
  const one = await login('reviewer', 'Ann of the journeys');
  const two = await login('analyst', 'Ben of the journeys');
  const { id } = await askForRefund(asker, '5201', 40);
  await restore();
  await one.page.goto('/approvals');
  await queueRow(one.page, asker.name).click();
  const first = openCall(one.page);
  await expect(first).toContainText('Two people have to approve this call.');
  await one.page.keyboard.press('a');
  await one.page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await first.getByRole('button', { name: /Yes, approve this call/ }).click();
  await expect(first).toContainText('Waiting for a second person.');
  await expect(first).toContainText('You approved this. A second person has to approve it too.');
  expect((await asker.client.wait(id, 0)).state).toBe('pending');

  await two.page.goto('/approvals');
  await expect(queueRow(two.page, asker.name)).toContainText('waits for a second person');
  await queueRow(two.page, asker.name).click();
  const second = openCall(two.page);
  await expect(second).toContainText('Ann of the journeys approved it');
  await approveByKeyboard(two.page, second);
  await expect(ending(one.page, 'Approved')).toBeVisible();
  expect((await asker.client.wait(id, 0)).state).toBe('approved');
});

test('a grant lets like calls run until it is revoked', async ({ agent, login }) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  await askForRefund(asker, '5301', 100);
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await detail.getByRole('button', { name: /For some uses/ }).click();
  const form = page.getByRole('form', { name: 'Approve calls like this one' });
  await expect(form.getByLabel('Most uses')).toBeFocused();
  await form.getByLabel('Most uses').fill('2');
  for (const name of ['amount', 'order', 'resource id'])
    await form.getByRole('checkbox', { name: `may vary : ${name}` }).check();
  await expect(form).toContainText('at most 2 times and for 30 minutes');
  await expect(form).toContainText('amount: any number from 0 to 100');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await form.getByRole('button', { name: /Approve this call and up to 2 like it/ }).click();
  await expect(ending(page, 'Approved')).toBeVisible();

  const like = await askForRefund(asker, '5302', 99);
  expect(like.outcome).toBe('allow');
  expect(like.reasons[0]).toMatchObject({ code: 'grant.used' });
  expect((await askForRefund(asker, '5303', 101)).outcome).toBe('require_approval');

  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Grants' });
  await expect(drawer).toContainText('1 of 2 uses');
  const mine = drawer.getByRole('listitem').filter({ hasText: asker.name });
  await mine.getByRole('button', { name: 'Revoke…' }).click();
  await page.keyboard.press('Enter');
  await expect(mine).toBeHidden();
  expect((await askForRefund(asker, '5304', 1)).outcome).toBe('require_approval');
});

test('like calls are read and decided together, by keyboard', async ({ agent, login, person }) => {
  const asker = await agent();
  const other = await person('analyst');
  const { page } = await login('reviewer');
  const asked: Awaited<ReturnType<typeof askForRefund>>[] = [];
  for (let n = 0; n < 4; n += 1) asked.push(await askForRefund(asker, `540${n}`, 10 + n));
  await page.goto('/approvals');
  await untilLive(page);
  await queueRow(page, asker.name).first().click();
  const button = openCall(page).getByRole('button', { name: /4 like this/ });
  await expect(button).toBeVisible();
  await page.keyboard.press('b');
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('region', { name: 'What differs' }).getByRole('row')).toHaveCount(5);
  // Each box is named with the values of its line.
  await sheet.getByRole('checkbox', { name: /^Include line 4 .*5403/ }).uncheck();
  const taken = asked[1]?.approval?.id ?? '';
  await other.api.post(`/api/v1/approvals/${taken}/reject`, { reason: 'other' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await sheet.getByRole('button', { name: 'Approve 3…' }).click();
  await expect(sheet).toContainText('Let 3 calls run, each exactly once?');
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await sheet.getByRole('button', { name: 'Yes, approve 3' }).click();
  await expect(sheet).toContainText('2 approved');
  await expect(sheet).toContainText('1 not decided');
  await expect(sheet).toContainText(`${other.name} rejected this already.`);
  await sheet.getByRole('button', { name: 'Close' }).first().click();
  const states = await Promise.all(asked.map(({ id }) => asker.client.wait(id, 0)));
  expect(states.map(({ state }) => state)).toEqual(['approved', 'rejected', 'approved', 'pending']);
  await page.keyboard.press('u');
  for (const call of [asked[0], asked[2]])
    await expect
      .poll(async () => (await asker.client.wait(call?.id ?? '', 0)).state)
      .toBe('pending');
});

/** Opens the sheet of the calls like the first one of an agent. */
async function openSheet(page: Page, asker: RegisteredAgent, count: number): Promise<Locator> {
  await queueRow(page, asker.name).first().click();
  await openCall(page)
    .getByRole('button', { name: `${count} like this` })
    .click();
  return page.getByRole('dialog');
}

const approveAll = async (page: Page, sheet: Locator, count: number): Promise<void> => {
  await sheet.getByRole('button', { name: `Approve ${count}…` }).click();
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await sheet.getByRole('button', { name: `Yes, approve ${count}` }).click();
};

test('verdicts on several calls whose answer is lost are read again, and what was used keeps no other from being undone', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  const asked: Awaited<ReturnType<typeof askForRefund>>[] = [];
  for (let n = 0; n < 3; n += 1) asked.push(await askForRefund(asker, `550${n}`, 10 + n));
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);

  // The sheet cannot be opened: that is said, and it opens at the next try.
  await page.route('**/api/v1/approvals/changes?*', (route) => route.abort());
  await queueRow(page, asker.name).first().click();
  await page.keyboard.press('b');
  const trouble = page.getByRole('alert').filter({ hasText: 'The server did not answer.' });
  await expect(trouble).toBeVisible();
  await page.unroute('**/api/v1/approvals/changes?*');
  await trouble.getByRole('button', { name: 'Dismiss' }).click();
  await expect(trouble).toBeHidden();

  const sheet = await openSheet(page, asker, 3);
  await page.route('**/api/v1/approvals/bulk', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await approveAll(page, sheet, 3);
  await expect(sheet).toContainText('3 approved');
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  const [used] = asked;
  if (used === undefined) throw new Error('three were asked for');
  await asker.client.redeem(used.id, used.asked);
  await page.keyboard.press('u');
  await expect(page.getByRole('alert').filter({ hasText: '2 taken back, 1 not.' })).toContainText(
    'The agent used this approval',
  );
  const states = await Promise.all(asked.map(({ id }) => asker.client.wait(id, 0)));
  expect(states.slice(1).map(({ state }) => state)).toEqual(['pending', 'pending']);
});

test('a verdict the server recorded before it failed is shown as given, and can be undone', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  const { id } = await askForRefund(asker, '5601', 40);
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  await page.route('**/approve', async (route) => {
    await route.fetch();
    await route.fulfill({ status: 500, contentType: 'text/plain', body: 'failed' });
  });
  await approveByKeyboard(page, openCall(page));
  await expect(openCall(page)).not.toContainText('not recorded');
  await expect(page.getByRole('region', { name: 'Your last verdict' })).toBeVisible();
  // An undo that gets no answer can be tried again.
  await page.route('**/undo', (route) => route.abort());
  await page.keyboard.press('u');
  await expect(page.getByRole('alert').filter({ hasText: 'Not taken back.' })).toBeVisible();
  await page.unroute('**/undo');
  await page.keyboard.press('u');
  await expect.poll(async () => (await asker.client.wait(id, 0)).state).toBe('pending');
});

test("a call somebody takes back waits again in every open queue, and their verdict is nobody else's to undo", async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const one = await login('reviewer', 'Ann of the journeys');
  const two = await login('analyst', 'Ben of the journeys');
  await askForRefund(asker, '5701', 40);
  await one.page.goto('/approvals');
  await two.page.goto('/approvals');
  await untilLive(two.page);
  await queueRow(two.page, asker.name).click();
  await queueRow(one.page, asker.name).click();

  // The comment is on its way when the verdict of somebody else arrives.
  let release: () => void = () => undefined;
  const verdictGiven = new Promise<void>((resolve) => (release = resolve));
  await two.page.route('**/comment', async (route) => {
    await verdictGiven;
    await route.continue();
  });
  await two.page.keyboard.press('c');
  await openCall(two.page).getByRole('textbox', { name: 'Comment' }).fill('Seen.');
  await two.page.keyboard.press('Control+Enter');
  await approveByKeyboard(one.page, openCall(one.page));
  release();
  const row = queueRow(two.page, asker.name);
  await expect(row).toContainText('Approved');
  await expect(openCall(two.page)).toContainText('Seen.');
  await expect(two.page.getByRole('region', { name: 'Your last verdict' })).toHaveCount(0);

  await one.page.keyboard.press('u');
  await expect(row).not.toContainText('Approved');
  await expect(
    openCall(two.page).getByRole('button', { name: /^Approve this call/ }),
  ).toBeVisible();
});

test('calls that cannot be undone take the same deliberate yes together as alone', async ({
  admin,
  agent,
  login,
}) => {
  const tool = {
    ...REFUND_TOOL,
    name: 'journey.purge',
    description: 'Deletes a draft for good.',
    reversible: false,
  };
  await admin.post('/api/v1/tools', tool);
  const asker = await agent();
  const ids: string[] = [];
  for (const draft of ['D-101', 'D-102', 'D-103']) {
    const properties = { arguments: { draft, note: `${'word '.repeat(800)}end` } };
    const { context } = await asker.client.evaluate({
      action: { name: tool.name, properties },
      resource: { type: 'draft', id: draft },
    });
    ids.push(context.id);
  }
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  await queueRow(page, asker.name).first().click();
  // Alone: what is folded is said while it is folded.
  await page.keyboard.press('a');
  const question = page.getByRole('group', { name: 'Confirm the approval' });
  await expect(question).toContainText('1 long value is still folded below');
  await openCall(page)
    .getByRole('button', { name: /^Show .*more/ })
    .click();
  await expect(question).not.toContainText('still folded');
  await page.keyboard.press('Escape');

  const sheet = await openSheet(page, asker, 3);
  await sheet.getByRole('button', { name: 'Approve 3…' }).click();
  const confirm = sheet.getByRole('group', { name: 'Confirm the verdicts' });
  await expect(confirm).toContainText('Each of these calls cannot be undone.');
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await expect(confirm).toBeVisible();
  expect((await asker.client.wait(ids[0] ?? '', 0)).state).toBe('pending');
  await page.keyboard.press('Shift+A');
  await expect(sheet).toContainText('3 approved');
});

test('a call among them that has to be read by itself is marked, and nothing is decided until it is left out', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const [one, two] = [await askForRefund(asker, '5801', 10), await askForRefund(asker, '5802', 11)];
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  const sheet = await openSheet(page, asker, 2);
  // It was found out while the sheet was open.
  await sql(
    `UPDATE decisions SET provenance = '{"arguments": [], "thirdPartyOnly": false, "injection": "likely"}'
     WHERE agent_id = $1 AND id = $2`,
    [asker.id, two.id],
  );
  await approveAll(page, sheet, 2);
  await expect(sheet.getByRole('alert')).toContainText('Nothing was decided');
  const marked = sheet.getByRole('row').filter({ hasText: 'so it is decided by itself' });
  await expect(marked).toContainText('5802');
  expect((await asker.client.wait(one.id, 0)).state).toBe('pending');
  await marked.getByRole('checkbox').uncheck();
  await approveAll(page, sheet, 1);
  await expect(sheet).toContainText('1 approved');
  expect((await asker.client.wait(two.id, 0)).state).toBe('pending');
});
