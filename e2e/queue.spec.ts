import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { RegisteredAgent } from './fixtures';
import { expect, test } from './fixtures';
import { openCall, queueRow, untilLive } from './fixtures/screens';

/** Asks for a refund that is like every other of the same agent. */
const askForLike = (agent: RegisteredAgent, order: number, amount = 40) =>
  agent.client.evaluate({
    action: { name: 'refund.create', properties: { arguments: { order: `C-${order}`, amount } } },
    resource: { type: 'order', id: `C-${order}` },
  });

/** Asks for a refund that is like no other: letters are no numbers. */
const askForUnlike = (agent: RegisteredAgent, index: number) => {
  const order = [Math.floor(index / 8), index % 8].map((at) => 'bdfhjlnp'[at]).join('');
  return agent.client.evaluate({
    action: { name: 'refund.create', properties: { arguments: { order, amount: 40 } } },
    resource: { type: 'order', id: order },
  });
};

const tab = (page: Page, name: string) => page.getByRole('tab', { name });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search' });

test('like requests are one row, which opens to its members from the keyboard', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  for (const order of [101, 102, 103]) await askForLike(asker, order);
  await askForLike(asker, 104, 4_000_000);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  const rows = queueRow(page, asker.name);
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('3 alike');
  await expect(rows.last()).not.toContainText('alike');

  await page.getByRole('listbox').focus();
  await page.keyboard.press('g');
  await expect(rows).toHaveCount(4);
  await page.keyboard.press('j');
  await expect(openCall(page)).toContainText('C-102');
  await page.keyboard.press('g');
  await expect(rows).toHaveCount(2);
  await expect(openCall(page)).toContainText('C-101');

  // Another one joins the row where it stands.
  await askForLike(asker, 105);
  await expect(rows.first()).toContainText('4 alike');
  await expect(rows).toHaveCount(2);
  await expect(openCall(page)).toContainText('C-101');
});

test('what is claimed, assigned and put aside stands in its tab, with counts that follow', async ({
  agent,
  login,
  person,
}) => {
  const asker = await agent();
  const { context } = await askForLike(asker, 201);
  const other = await person('reviewer', 'Second Reviewer');
  const { page } = await login('reviewer', 'First Reviewer');
  await page.goto(`/approvals?tab=mine`);
  await untilLive(page);
  await expect(page.getByText('Nothing is yours')).toBeVisible();
  await tab(page, 'Unclaimed').click();
  await search(page).fill(asker.name);
  await expect(page).toHaveURL(/tab=unclaimed.*q=/);
  await queueRow(page, asker.name).click();
  await page.keyboard.press('m');
  await expect(tab(page, 'Mine')).toContainText('1');
  await expect(queueRow(page, asker.name)).toContainText('No longer in this list');

  await page.keyboard.press('h');
  await page.getByLabel('Who shall look after it').selectOption({ label: other.name });
  await page.getByLabel('Note for them').fill('You know this customer');
  await page.keyboard.press('Enter');
  await expect(openCall(page)).toContainText('Assigned to Second Reviewer by First Reviewer');
  await expect(tab(page, 'Mine')).toContainText('0');
  const approval = await other.api.get<{ assignment: { note: string }; claim: unknown }>(
    `/api/v1/approvals/${context.approval?.id}`,
  );
  expect(approval).toMatchObject({ assignment: { note: 'You know this customer' }, claim: null });

  await page.keyboard.press('s');
  await page.getByLabel('Bring it back').selectOption({ label: 'in 5 minutes' });
  await page.getByRole('button', { name: 'Put aside', exact: true }).click();
  await expect(tab(page, 'Put aside')).toContainText('1');
  await tab(page, 'All waiting').click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await tab(page, 'Put aside').click();
  await expect(queueRow(page, asker.name)).toBeVisible();
});

test('a reviewer asks, the agent answers, and it is shown as what it is', async ({
  agent,
  login,
  url,
}) => {
  const asker = await agent();
  const { context } = await askForLike(asker, 301);
  const { page } = await login('reviewer', 'Asking Reviewer');
  await page.goto(`/approvals?item=${context.approval?.id}`);
  await untilLive(page);
  await page.keyboard.press('q');
  await page.getByLabel('Your question').fill('Which customer is this?');
  await page.keyboard.press('Control+Enter');
  await expect(queueRow(page, asker.name)).toContainText('waits for an answer');

  const status = await asker.client.wait(context.id);
  expect(status).toMatchObject({
    state: 'pending',
    question: { text: 'Which customer is this?' },
  });
  const hostile = '<img src=x onerror=alert(1)> Ada. \u202Eevorppa';
  await asker.client.answer(context.id, hostile);
  await expect(queueRow(page, asker.name)).toContainText('answered');
  const thread = openCall(page).getByRole('listitem').filter({ hasText: 'written by the agent' });
  await expect(thread).toContainText('<img src=x onerror=alert(1)> Ada.');
  await expect(thread.locator('img')).toHaveCount(0);
  await expect(tab(page, 'Mine')).toContainText('1');
  expect(page.url()).toContain(url);
});

test('what was decided does not come back: not with the next page of the list, not with another tab', async ({
  agent,
  login,
  person,
}) => {
  const asker = await agent();
  const ids: string[] = [];
  for (let index = 0; index < 64; index += 1) {
    const { context } = await askForUnlike(asker, index);
    if (context.approval !== undefined) ids.push(context.approval.id);
  }
  const other = await person('reviewer', 'Quick Reviewer');
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  await expect(page.getByText('60 calls shown, more below')).toBeVisible();
  // All but the open one and the last four, which are on the next page.
  for (const id of ids.slice(1, 60))
    await other.api.post(`/api/v1/approvals/${id}/reject`, { reason: 'not_needed' });
  await expect(tab(page, 'All waiting')).toContainText('5');
  await expect(queueRow(page, asker.name).nth(1)).toContainText('Rejected');

  // Moving on sweeps away what has ended, and the end of the list comes into sight.
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const waiting = queueRow(page, asker.name).filter({ hasNotText: 'Rejected' });
  await expect(waiting).toHaveCount(5);
  await expect(page.getByText('more below')).toHaveCount(0);
  await tab(page, 'Mine').click();
  await expect(queueRow(page, asker.name)).toHaveCount(0);
  await tab(page, 'All waiting').click();
  await expect(waiting).toHaveCount(5);
  await expect(queueRow(page, asker.name)).toHaveCount(5);
});

test('new calls stand at the end until somebody sorts again', async ({ agent, login }) => {
  const asker = await agent();
  await askForUnlike(asker, 0);
  await askForUnlike(asker, 1);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}&sort=newest`);
  await untilLive(page);
  const rows = queueRow(page, asker.name);
  await expect(rows.first()).toContainText('bd');
  await expect(page.getByText('2 calls shown, newest first')).toBeVisible();
  await askForUnlike(asker, 2);
  await expect(rows.last()).toContainText('bf');
  await expect(page.getByText('3 calls shown, newest first, 1 new at the end')).toBeVisible();

  await page.getByRole('button', { name: 'Sort again' }).click();
  await expect(rows.first()).toContainText('bf');
  await expect(rows).toHaveCount(3);
  await expect(page.getByText('new at the end')).toHaveCount(0);
});

test('filters and order stand in the address, and come back under a name', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  await askForLike(asker, 401);
  const { page } = await login('reviewer');
  await page.goto('/approvals');
  await untilLive(page);
  await page.getByRole('button', { name: 'Filter and sort' }).click();
  await page.getByLabel('Risk', { exact: true }).selectOption('medium');
  await page.getByLabel('Order', { exact: true }).selectOption('newest');
  await expect(page).toHaveURL(/risk=medium&sort=newest/);
  await page.getByLabel('Keep this view as').fill('Medium first');
  await page.keyboard.press('Enter');
  const kept = page.getByRole('button', { name: 'Medium first', exact: true });
  await expect(kept).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page).not.toHaveURL(/risk=/);
  await kept.click();
  await expect(page).toHaveURL(/risk=medium&sort=newest/);
  await page.reload();
  await page.getByRole('button', { name: /Filter and sort/ }).click();
  await expect(page.getByLabel('Risk', { exact: true })).toHaveValue('medium');
  await page.getByRole('button', { name: 'Remove the view Medium first' }).click();
  await expect(kept).toHaveCount(0);
});

test('nothing refetches the queue when something changes: one question about what changed', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  await page.goto('/approvals');
  await untilLive(page);
  await page.waitForTimeout(500);
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    // The navigation's count is no list.
    if (searchParams.has('grouped')) asked.push(pathname);
  });
  await askForLike(asker, 501);
  await expect(queueRow(page, asker.name)).toBeVisible();
  await page.waitForTimeout(500);
  expect(asked.filter((path) => path === '/api/v1/approvals')).toEqual([]);
  expect(asked.filter((path) => path.endsWith('/changes')).length).toBeLessThanOrEqual(2);
});

test('on a phone: the list, then the call with the verdict within the thumb', async ({
  agent,
  browse,
  person,
}) => {
  const asker = await agent();
  await askForLike(asker, 601);
  const { page } = await browse(await person('reviewer'));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/approvals');
  await untilLive(page);
  await queueRow(page, asker.name).click();
  const approve = page.getByRole('button', { name: /Approve this call/ });
  const box = await approve.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect(box?.y).toBeGreaterThan(844 / 2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const scheme of ['light', 'dark'] as const)
  test(`the queue with its forms is clean for assistive technology, ${scheme}`, async ({
    agent,
    login,
  }) => {
    const asker = await agent();
    for (const order of [701, 702]) await askForLike(asker, order);
    const { page } = await login('reviewer');
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`/approvals?agent=${asker.id}`);
    await untilLive(page);
    await page.getByRole('button', { name: 'Filter and sort' }).click();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('g');
    for (const key of ['q', 'h', 's']) {
      await page.keyboard.press(key);
      await expect(page.locator('[data-verdict-bar] form')).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
