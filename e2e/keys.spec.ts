import type { Page } from '@playwright/test';
import { askForRefund, expect, test } from './fixtures';
import { approveByKeyboard } from './fixtures/keyboard';
import { openCall, queueRow, untilLive } from './fixtures/screens';

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keyboard' });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' });

test('three calls are decided by keyboard while new ones come in: the focus stays, nothing moves under it, and it is told', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const others = await agent();
  for (const [index, amount] of [120, 130, 140].entries())
    await askForRefund(asker, `71${index}`, amount);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  await page.goto('/approvals?q=refund-agent');
  await untilLive(page);
  await page.getByRole('listbox').focus();
  const told = page.locator('[aria-live="polite"].sr-only');

  for (const round of [0, 1, 2]) {
    const current = page.getByRole('option', { selected: true });
    await expect(current).toHaveCount(1);
    const key = await current.getAttribute('id');
    const before = await current.boundingBox();
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName,
      );
    expect(await focused()).toBe('listbox');

    await askForRefund(others, `72${round}`, 4_000_000 + round * 1_000);
    await expect(told).toContainText(/new calls? waits?, \d+ in all/, { timeout: 15_000 });
    expect(await focused()).toBe('listbox');
    await expect(current).toHaveAttribute('id', key ?? '');
    expect(await current.boundingBox()).toEqual(before);

    await approveByKeyboard(page, openCall(page));
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    await page.keyboard.press('j');
  }
});

test('a key is changed by pressing it, shown where it counts, and given back', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { approval } = await askForRefund(asker, '7301', 120);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  const approve = openCall(page).getByRole('button', { name: /^Approve this call/ });
  await expect(approve).toHaveAttribute('aria-keyshortcuts', 'a');

  await page.keyboard.press('?');
  await sheet(page)
    .getByRole('button', { name: /^Change the key a: Approve this call/ })
    .click();
  await page.keyboard.press('r');
  await expect(sheet(page).getByRole('status')).toContainText('r is taken: Reject with a reason.');
  await page.keyboard.press('1');
  await expect(sheet(page).getByRole('status')).toContainText('A key is one letter');
  await page.keyboard.press('x');
  await expect(sheet(page).getByRole('status')).toContainText('x is the key now');
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);

  await expect(approve).toHaveAttribute('aria-keyshortcuts', 'x');
  await expect(approve).toContainText('x');
  await page.keyboard.press('a');
  await expect(page.getByRole('group', { name: 'Confirm the approval' })).toHaveCount(0);
  await page.keyboard.press('x');
  await expect(page.getByRole('group', { name: 'Confirm the approval' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await untilLive(page);
  await expect(approve).toHaveAttribute('aria-keyshortcuts', 'x');
  await page.keyboard.press('?');
  await sheet(page).getByRole('button', { name: 'Reset all keys' }).click();
  await sheet(page).getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(approve).not.toHaveAttribute('aria-keyshortcuts', /./);
  await page.keyboard.press('a');
  await expect(page.getByRole('group', { name: 'Confirm the approval' })).toHaveCount(0);
});

test('the palette offers what the open call allows, and does it as its key would', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { approval } = await askForRefund(asker, '7401', 120);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  await page.keyboard.press('Control+k');
  const item = (name: RegExp) => palette(page).getByRole('option', { name });
  await expect(item(/^Approve this call: asks once/)).toContainText('a');
  await expect(item(/^Take your last verdict back/)).toHaveCount(0);
  await page.keyboard.type('approve this call');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  // It asks, as the key does; nothing is decided yet.
  await expect(page.getByRole('group', { name: 'Confirm the approval' })).toBeVisible();
  await expect(queueRow(page, asker.name)).toHaveCount(1);
  await expect(async () => {
    await page.keyboard.press('a');
    await expect(openCall(page).getByText(/^Approved by /)).toBeVisible({ timeout: 1_000 });
  }).toPass();

  await page.keyboard.press('Control+k');
  await expect(
    item(/^Next item/)
      .or(item(/^Show the tab: Closed/))
      .first(),
  ).toBeVisible();
  await expect(item(/^Approve this call/)).toHaveCount(0);
  await page.keyboard.type('tab closed');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/tab=closed/);
});

test('the palette offers no verdict to somebody who may only read', async ({ agent, login }) => {
  const asker = await agent();
  const { approval } = await askForRefund(asker, '7501', 120);
  const { page } = await login('viewer');
  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('option', { name: /^Search the queue/ })).toBeVisible();
  await expect(palette(page).getByRole('option', { name: /^(Approve|Reject|Claim)/ })).toHaveCount(
    0,
  );
});
