import type { Page } from '@playwright/test';
import type { PolicyVersion } from '@/lib/contracts';
import { askForRefund, expect, test, type ConsoleCaller } from './fixtures';

const versions = async (admin: ConsoleCaller) =>
  (await admin.get<{ items: PolicyVersion[] }>('/api/v1/policies')).items;
const inForce = async (admin: ConsoleCaller) =>
  (await versions(admin)).find(({ current }) => current);

async function openEditor(page: Page): Promise<string> {
  await page.goto('/default/policies');
  await page.getByRole('button', { name: 'Change the policy' }).click();
  return page.getByRole('textbox', { name: 'Cedar text' }).inputValue();
}
/** What the server said about the draft; Next keeps an alert of its own beside the page. */
const refusal = (page: Page) => page.getByRole('region', { name: 'Draft' }).getByRole('alert');
const write = (page: Page, text: string) =>
  page.getByRole('textbox', { name: 'Cedar text' }).fill(text);
const giveReason = (page: Page, reason: string) =>
  page.getByRole('textbox', { name: 'Reason' }).fill(reason);

test('a manager sees what is wrong with a text, then what it would change, and puts it in force', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const asker = await agent();
  await askForRefund(asker, '8001', 15);
  const before = await inForce(admin);
  const { page } = await login('manager');
  const text = await openEditor(page);

  const lines = text.split('\n').length;
  await write(page, `${text}\nforbid (principal, action resource);`);
  await page.getByRole('button', { name: 'Show what would change' }).click();
  const alert = refusal(page);
  await expect(alert).toContainText('The text does not compile: 1 problem.');
  await alert.getByRole('button', { name: `line ${lines + 1}, column 27` }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Cedar text' })).toBeFocused();

  const rule = `@id("no-refund-${mark}") @reason("No refunds by ${asker.name}.")
forbid (principal == Agent::"${asker.id}", action, resource);`;
  await write(page, `${text}\n${rule}`);
  await page.getByRole('button', { name: 'Show what would change' }).click();
  await expect(page.getByText('Lets nothing more through.')).toBeVisible();
  const recorded = page.getByRole('region', { name: 'Recorded decisions' });
  await expect(recorded.getByRole('row').filter({ hasText: asker.name })).toContainText('1');
  await expect(recorded).toContainText(`No refunds by ${asker.name}.`);

  await giveReason(page, 'Refunds stop for this agent');
  await page.getByRole('button', { name: 'Put this text in force' }).click();
  await expect(page.getByText(/^Version \d+ is in force\.$/)).toBeVisible();
  expect((await inForce(admin))?.version).toBeGreaterThan(before?.version ?? 0);
  expect((await askForRefund(asker, '8002', 15)).reasons[0]?.text).toContain('No refunds by');
});

test('a text that lets more through waits for a second person', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const asker = await agent();
  const { page } = await login('manager', 'Author');
  const text = await openEditor(page);
  const rule = `@id("free-${mark}") permit (principal == Agent::"${asker.id}", action, resource);`;
  await write(page, `${text}\n${rule}`);
  await giveReason(page, 'This one is known');
  await page.getByRole('button', { name: 'Put this text in force' }).click();
  await expect(page.getByText(/is proposed\. A second manager or admin/)).toBeVisible();
  const proposal = (await versions(admin))[0];
  const name = `Version ${proposal?.version} is proposed`;
  await expect(page.getByRole('region', { name })).toContainText('You proposed this change');
  expect((await askForRefund(asker, '8003', 15)).outcome).toBe('require_approval');

  const second = await login('manager', 'Second');
  await second.page.goto('/default/policies');
  const waiting = second.page.getByRole('region', { name });
  await expect(waiting).toContainText('This one is known');
  await waiting
    .getByRole('button', { name: `Put version ${proposal?.version} in force` })
    .press('Enter');
  await expect(waiting).toBeHidden();
  await expect(second.page.getByText(/Approved by Second/)).toBeVisible();
  await expect(page.getByText(/Approved by Second/)).toBeVisible();
  expect((await askForRefund(asker, '8004', 15)).outcome).toBe('allow');
});

test('whoever proposed a text takes it back, with the reason', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const asker = await agent();
  const rule = `@id("back-${mark}") permit (principal == Agent::"${asker.id}", action, resource);`;
  const { page } = await login('manager', 'Doubter');
  const text = await openEditor(page);
  await write(page, `${text}\n${rule}`);
  await giveReason(page, 'On second thought');
  await page.getByRole('button', { name: 'Put this text in force' }).click();
  await expect(page.getByText(/is proposed\. A second manager or admin/)).toBeVisible();
  const version = (await versions(admin))[0]?.version;
  const waiting = page.getByRole('region', { name: `Version ${version} is proposed` });
  await waiting.getByRole('button', { name: `Withdraw version ${version}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Withdraw this version' }).click();
  await expect(dialog).toContainText('Say why it is taken back.');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It lets too much through');
  await dialog.getByRole('button', { name: 'Withdraw this version' }).click();
  // While the dialog stands open, the page behind it is hidden anyway.
  await expect(dialog).toBeHidden();
  await expect(waiting).toBeHidden();
  const after = (await versions(admin)).find((one) => one.version === version);
  expect(after).toMatchObject({
    state: 'withdrawn',
    withdrawal: { by: 'Doubter', reason: 'It lets too much through' },
  });
});

test('a test that stays with the policy stops a text that breaks it', async ({ login, mark }) => {
  const { page } = await login('manager');
  const text = await openEditor(page);
  const tests = page.getByRole('textbox', { name: /^Tests/ });
  await tests.fill('[{');
  await expect(page.getByText('This is no JSON yet')).toBeVisible();
  const name = `reads stay free ${mark}`;
  const input = { tool: { sideEffect: 'none', egress: false } };
  await tests.fill(JSON.stringify([{ name, input, expect: 'allow' }]));
  await write(page, `${text}\nforbid (principal, action, resource);`);
  await page.getByRole('button', { name: 'Show what would change' }).click();
  await expect(page.getByText(`Fails: ${name}`)).toBeVisible();
  await giveReason(page, 'Everything stops');
  await page.getByRole('button', { name: 'Put this text in force' }).click();
  await expect(refusal(page)).toContainText(`"${name}" expects allow and gets deny.`);
});

test('an analyst reads the policy and cannot change it', async ({ login }) => {
  const { page, person } = await login('analyst');
  await page.goto('/default/policies');
  await expect(page.getByText('The role analyst may look')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change the policy' })).toHaveCount(0);
  const answer = await person.api.request('POST', '/api/v1/policies/preview', { text: 'x' });
  expect(answer.status).toBe(403);
});
