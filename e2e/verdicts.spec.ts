import AxeBuilder from '@axe-core/playwright';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import type { VerdictSettings } from '@/lib/contracts';
import { askForRefund, expect, test, type ConsoleCaller } from './fixtures';
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
  await expect(bar).toContainText(/can be undone for \d+ s/);
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
  await expect(bar.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(asker.client.redeem(id, asked)).resolves.toMatchObject({ state: 'redeemed' });
  await expect(bar).toContainText('The agent has used it, so it cannot be undone any more.');
  await expect(bar.getByRole('button', { name: 'Undo' })).toBeHidden();
  await expect(detail).toContainText(/score .* points/);
  await expect(detail).toContainText(/The agent used this approval .* and has not reported/);
  await asker.client.reportOutcome(id, { status: 'succeeded' });
  await expect(detail).toContainText(/The agent reported .* that it succeeded\./);
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

  await page.goto(`/default/agents/${asker.id}`);
  const onAgent = page.getByRole('region', { name: 'Grants' });
  await expect(onAgent).toContainText('1 of 2 uses');
  await expect(onAgent.getByRole('button', { name: 'Revoke…' })).toBeVisible();
  await page.goto('/approvals');

  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Grants' });
  await expect(drawer).toContainText('1 of 2 uses');
  const mine = drawer.getByRole('listitem').filter({ hasText: asker.name });
  await mine.getByRole('button', { name: 'Revoke…' }).click();
  await page.keyboard.press('Enter');
  await expect(mine).toBeHidden();
  expect((await askForRefund(asker, '5304', 1)).outcome).toBe('require_approval');
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
