import type { AgentDetail } from '@/lib/contracts';
import { askForRefund, expect, test } from './fixtures';

test('a manager takes a tool from a pact on its tab, by keyboard, and the next call is denied', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('manager');
  await page.goto(`/agents/${asker.id}?tab=pact`);
  await page.getByRole('button', { name: 'Change the pact…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Change the pact' });
  const [tools, budgets, reason] = [
    dialog.getByLabel('Tools'),
    dialog.getByLabel('Budgets'),
    dialog.getByLabel('Reason'),
  ];
  const send = dialog.getByRole('button', { name: 'Change the pact' });
  await expect(tools).toBeFocused();
  await tools.fill('mail.read');
  await page.keyboard.press('Tab');
  await expect(budgets).toBeFocused();
  await page.keyboard.type('ten an hour');
  await send.press('Enter');
  await expect(budgets).toBeFocused();
  await expect(dialog).toContainText('A line is no budget.');
  await budgets.fill('10 / 3600');
  await send.press('Enter');
  await expect(reason).toBeFocused();
  await expect(dialog).toContainText('Say why the pact changes.');
  await reason.fill('It only reads');
  await send.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('tabpanel')).toContainText('Version 2 of the pact.');
  expect((await admin.get<AgentDetail>(`/api/v1/agents/${asker.id}`)).pact).toEqual({
    tools: ['mail.read'],
    budgets: [{ maxActions: 10, perSeconds: 3600 }],
  });
  expect((await askForRefund(asker, '4711', 120)).outcome).toBe('deny');
});

test('a pact that somebody else changed meanwhile is not overwritten', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('manager');
  await page.goto(`/agents/${asker.id}?tab=pact`);
  await page.getByRole('button', { name: 'Change the pact…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the pact' });
  await dialog.getByLabel('Tools').fill('mail.read');
  await dialog.getByLabel('Reason').fill('It only reads');
  const change = { pact: { tools: [] }, reason: 'Faster', basedOn: 1 };
  await admin.put(`/api/v1/agents/${asker.id}/pact`, change);
  await dialog.getByRole('button', { name: 'Change the pact' }).click();
  await expect(dialog).toContainText('version 2 is in force now');
  await expect(dialog.getByLabel('Tools')).toHaveValue('mail.read');
});
