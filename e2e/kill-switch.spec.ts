import type { KillSwitch } from '@/lib/contracts';
import { askForRefund, expect, test, vouch, type ConsoleCaller } from './fixtures';
import { CONSOLE_PAGES } from './fixtures/pages';
import { ending, openCall, queueRow } from './fixtures/screens';

const REASON = 'It refunds orders nobody complained about';

test.afterEach(async ({ admin }) => releaseAll(admin));

test('stopped on its page, an agent is denied with the reason until a manager releases it', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('manager');
  const answered = await askForRefund(asker, '4901', 10);
  expect(answered.outcome).toBe('require_approval');

  await page.goto(`/default/agents/${asker.id}`);
  await page.getByRole('button', { name: 'Stop agent' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 waiting approval is cancelled');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(REASON);
  await dialog.getByRole('button', { name: `Stop agent ${asker.name}` }).click();
  await expect(dialog).toContainText('In force.');
  const denied = await askForRefund(asker, '4902', 10);
  expect(denied.outcome).toBe('deny');
  expect(denied.reasons.map((reason) => reason.text).join(' ')).toContain(REASON);
  await expect(asker.client.wait(answered.id)).resolves.toMatchObject({ state: 'cancelled' });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  const bar = page.getByRole('status').filter({ hasText: `Agent ${asker.name} is halted` });
  for (const path of CONSOLE_PAGES) {
    await page.goto(`/default/${path}`);
    await expect(bar, path).toBeVisible();
  }

  await page.goto('/default/kill-switches');
  await page.getByRole('button', { name: 'Release…' }).click();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The prompt is fixed');
  await dialog.getByRole('button', { name: 'Release this switch' }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByText('Nothing is stopped')).toBeVisible();
  const again = await askForRefund(asker, '4903', 10);
  expect(again.reasons.map((reason) => reason.text).join(' ')).not.toContain(REASON);
  expect(again.outcome, 'the stop also ended the pin').toBe('deny');
  await vouch(admin, asker.id, 3);
  expect((await askForRefund(asker, '4910', 10)).outcome).toBe('require_approval');
});

test('a stop kills a permit that was given before, and an open queue shows the call as cancelled', async ({
  admin,
  agent,
  login,
}) => {
  const [asker, other] = [await agent(), await agent()];
  const { page, person } = await login('reviewer');
  const { id, asked, approval } = await askForRefund(asker, '4904', 10);
  const path = `/api/v1/approvals/${approval?.id}`;
  const { digest } = await person.api.get<{ digest: string }>(path);
  await person.api.post(`${path}/approve`, { digest });
  const waiting = await askForRefund(asker, '4905', 10);
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  await expect(openCall(page)).toContainText('4905');

  await admin.post('/api/v1/kill-switches', {
    scope: { type: 'agent', value: asker.id },
    mode: 'halt',
    reason: REASON,
  });
  await expect(asker.client.redeem(id, asked)).rejects.toMatchObject({ status: 409 });
  await expect(ending(page, 'Cancelled')).toBeVisible();
  await expect(asker.client.wait(waiting.id)).resolves.toMatchObject({ state: 'cancelled' });
  expect((await askForRefund(other, '4906', 10)).outcome).toBe('require_approval');
});

test('an analyst can stop everything but not release it', async ({ agent, admin, person }) => {
  const asker = await agent();
  const analyst = await person('analyst');
  const set = await analyst.api.post<KillSwitch>('/api/v1/kill-switches', {
    scope: { type: 'workspace' },
    mode: 'halt',
    reason: REASON,
  });
  expect((await askForRefund(asker, '4907', 10)).outcome).toBe('deny');
  const release = `/api/v1/kill-switches/${set.id}/release`;
  const refused = await analyst.api.request('POST', release, { reason: 'Enough' });
  expect(refused.status).toBe(403);
  expect((await askForRefund(asker, '4908', 10)).outcome).toBe('deny');
  await admin.post(release, { reason: 'Two of us looked' });
  await vouch(admin, asker.id, 3);
  expect((await askForRefund(asker, '4909', 10)).outcome).toBe('require_approval');
});

async function releaseAll(admin: ConsoleCaller): Promise<void> {
  const { items } = await admin.get<{ items: KillSwitch[] }>('/api/v1/kill-switches');
  for (const { id } of items.filter((item) => item.inForce))
    await admin.post(`/api/v1/kill-switches/${id}/release`, { reason: 'The journey is over' });
}
