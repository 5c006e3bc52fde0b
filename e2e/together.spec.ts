import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import { sql } from '@/lib/db';
import { askForRefund, expect, test, type RegisteredAgent } from './fixtures';
import { REFUND_TOOL, vouch } from './fixtures/agents';
import { openCall, queueRow, untilLive } from './fixtures/screens';

/** Opens the sheet of the calls like the first one of an agent. */
async function openSheet(page: Page, asker: RegisteredAgent, count: number): Promise<Locator> {
  await queueRow(page, asker.name).first().click();
  await openCall(page)
    .getByRole('button', { name: `${count} like this` })
    .click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('checkbox')).toHaveCount(count);
  return sheet;
}

const UNREAD_VALUE = /\d values? of all calls ha(s|ve) not been on the screen yet\./;

/** Reads on until nothing is left that was not on the screen. */
const readAll = async (sheet: Locator, count: number): Promise<void> => {
  const next = sheet.getByRole('button', { name: 'Show the next' });
  await expect(async () => {
    if (await next.isVisible()) await next.press('Enter', { timeout: 1_000 });
    await expect(sheet.getByRole('button', { name: `Approve ${count}…` })).toBeEnabled({
      timeout: 500,
    });
  }).toPass();
};

const approveAll = async (page: Page, sheet: Locator, count: number): Promise<void> => {
  await sheet.getByRole('button', { name: `Approve ${count}…` }).click();
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await sheet.getByRole('button', { name: `Yes, approve ${count}` }).click();
};

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
    'The agent has used this approval already.',
  );
  const states = await Promise.all(asked.map(({ id }) => asker.client.wait(id, 0)));
  expect(states.slice(1).map(({ state }) => state)).toEqual(['pending', 'pending']);
});

test('verdicts on calls too large for one answer are all read again, and an undo whose answer is lost counts', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const { id: session } = await asker.client.openSession({ request: 'Tidy up', endUser: 'c-1' });
    const properties = { arguments: { order: `570${n}`, note: 'x'.repeat(220_000) } };
    const { context } = await asker.client.evaluate({
      action: { name: REFUND_TOOL.name, properties },
      resource: { type: 'order', id: '5700' },
      context: { session },
    });
    ids.push(context.id);
  }
  const states = async () =>
    new Set(
      (await Promise.all(ids.map((id) => asker.client.wait(id, 0)))).map(({ state }) => state),
    );
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  const sheet = await openSheet(page, asker, 6);
  await page.route('**/api/v1/approvals/bulk', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await sheet.getByRole('button', { name: 'Reject 6…' }).click();
  await sheet.getByLabel('Reason').selectOption('not_needed');
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await sheet.getByRole('button', { name: 'Yes, reject 6' }).click();
  await expect(sheet).toContainText('6 rejected');
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  await page.route('**/api/v1/approvals/undo', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.keyboard.press('u');
  const strip = page.getByRole('alert').filter({ hasText: 'taken back' });
  await expect(strip).toContainText('0 taken back, 6 not. The server did not answer.');
  await page.unroute('**/api/v1/approvals/undo');
  await page.keyboard.press('u');
  await expect(strip).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Taken back.' })).toHaveCount(1);
  expect(await states()).toEqual(new Set(['pending']));
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

  // Together: a value that all of them share is read to its end before they can be approved.
  await page.setViewportSize({ width: 1440, height: 600 });
  const sheet = await openSheet(page, asker, 3);
  await expect(sheet).toContainText(UNREAD_VALUE);
  await expect(sheet.getByRole('button', { name: 'Approve 3…' })).toBeDisabled();
  await sheet.getByRole('button', { name: 'Leave the lines out' }).click();
  await expect(sheet.getByRole('button', { name: 'Leave the lines out' })).toHaveCount(0);
  await expect(sheet).toContainText(UNREAD_VALUE);
  for (const box of await sheet.getByRole('checkbox').all()) await box.check();
  await readAll(sheet, 3);
  await expect(sheet).toContainText('Every line was on the screen.');
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

test('where no approval would take effect the sheet says so, and offers to reject', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  for (const order of ['5901', '5902']) await askForRefund(asker, order, 10);
  await vouch(admin, asker.id, 2);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  const sheet = await openSheet(page, asker, 2);
  await expect(sheet).toContainText('An approval would come to nothing.');
  await expect(sheet.getByRole('button', { name: 'Reject 2…' })).toBeEnabled();
  await expect(sheet.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
});
