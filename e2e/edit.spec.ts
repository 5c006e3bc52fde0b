import AxeBuilder from '@axe-core/playwright';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import type { Approval } from '@/lib/contracts';
import { askForRefund, expect, test } from './fixtures';
import { REFUND_TOOL } from './fixtures/agents';
import { ending, openCall, queueRow, untilLive } from './fixtures/screens';

test('a reviewer changes a value by keyboard, the agent runs what was approved and nothing else', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  await page.goto('/approvals');
  await untilLive(page);
  const { id, asked } = await askForRefund(asker, '4731', 120);
  const verdict = asker.client.wait(id, 25);
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await expect(detail.getByRole('button', { name: /Edit/ })).toBeVisible();

  await page.keyboard.press('e');
  const form = detail.getByRole('form', { name: 'Edit the arguments' });
  const amount = form.getByRole('textbox', { name: 'amount' });
  await expect(form.getByRole('textbox').first()).toBeFocused();
  await expect(form.getByRole('button', { name: /Review the changes/ })).toBeDisabled();
  await amount.fill('twelve');
  await page.keyboard.press('Control+Enter');
  await expect(form).toContainText('Write a number');
  await amount.fill('12');
  await page.keyboard.press('Escape');
  await expect(form).toContainText('Press Escape again');
  await expect(amount).toHaveValue('12');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.keyboard.press('Control+Enter');
  const question = detail.getByRole('group', { name: 'Confirm the edited approval' });
  await expect(question).toContainText('amount');
  await expect(question).toContainText('120');
  await page.waitForTimeout(CONFIRM_GUARD_MS);
  await page.keyboard.press('Control+Enter');
  await expect(ending(page, 'Approved with edits')).toBeVisible();
  await expect(detail.getByRole('list', { name: 'What was changed' })).toContainText('amount');
  await expect(detail.getByRole('heading', { level: 2 })).toContainText('amount 12');
  await expect(detail.getByRole('heading', { name: /before the edits above/ })).toBeVisible();

  const { state, verdict: given } = await verdict;
  expect(state).toBe('approved');
  expect(given?.edit).toEqual({
    arguments: { order: '4731', amount: 12 },
    changes: [{ path: '/amount', before: 120, after: 12 }],
  });
  await expect(asker.client.redeem(id, asked)).rejects.toMatchObject({
    status: 422,
    code: 'action_differs',
  });
  const edited = {
    ...asked,
    action: { ...asked.action, properties: { arguments: given?.edit?.arguments ?? {} } },
  };
  await expect(asker.client.redeem(id, edited)).resolves.toMatchObject({ state: 'redeemed' });
});

test('a critical call is approved only by whoever types the name of what it reaches', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const asker = await agent({ rung: 4 });
  const tool = `vault.empty-${mark}`;
  await admin.post('/api/v1/tools', { ...REFUND_TOOL, name: tool, risk: 'critical' });
  const { page, person } = await login('reviewer');
  const { context } = await asker.client.evaluate({
    action: { name: tool, properties: { arguments: { all: true } } },
    resource: { type: 'vault', id: 'north-vault' },
  });
  const path = `/api/v1/approvals/${context.approval?.id}`;
  const { digest } = await person.api.get<Approval>(path);
  await expect(person.api.post(`${path}/approve`, { digest })).rejects.toMatchObject({
    code: 'target_not_confirmed',
  });

  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  await expect(openCall(page).getByRole('button', { name: /Approve this call/ })).toBeVisible();
  await page.keyboard.press('a');
  const question = page.getByRole('group', { name: 'Confirm the approval' });
  const name = question.getByRole('textbox', { name: /type north-vault/ });
  await expect(name).toBeFocused();
  const yes = question.getByRole('button', { name: /Yes, approve/ });
  await expect(yes).toBeDisabled();
  await page.keyboard.type('south-vault');
  await page.keyboard.press('Enter');
  await expect(yes).toBeDisabled();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await name.fill('');
  await page.keyboard.type('north-vault');
  await expect(yes).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(ending(page, 'Approved')).toBeVisible();
});
