import type { Page } from '@playwright/test';
import { askForRefund, expect, test } from './fixtures';
import { ending, openCall, queueRow } from './fixtures/screens';

test('two reviewers approve at once: one verdict counts and the other reads who was first', async ({
  agent,
  admin,
  login,
}) => {
  const asker = await agent();
  const { id, approval } = await askForRefund(asker, '5001', 30);
  const ada = await login('reviewer', 'Ada Lovelace');
  const grace = await login('reviewer', 'Grace Hopper');
  const pages = [ada.page, grace.page] as const;
  for (const page of pages) {
    await page.goto('/approvals');
    await queueRow(page, asker.name).click();
    await openCall(page)
      .getByRole('button', { name: /Approve this call/ })
      .click();
    await expect(page.getByRole('group', { name: 'Confirm the approval' })).toBeVisible();
  }
  const sent = await holdUntilAllSent(pages);
  for (const page of pages) await confirm(page, sent);

  const verdict = async () =>
    (await admin.get<{ verdict: { name: string } | null }>(`/api/v1/approvals/${approval?.id}`))
      .verdict?.name;
  await expect.poll(verdict).toMatch(/Ada Lovelace|Grace Hopper/);
  const first = await verdict();
  const [winner, loser] = first === 'Ada Lovelace' ? pages : [pages[1], pages[0]];
  await expect(openCall(loser).getByRole('alert')).toContainText(
    `${first} approved this first. Your approval was not recorded.`,
  );
  await expect(ending(winner, 'Approved')).toBeVisible();
  await expect(openCall(winner).getByRole('alert')).toBeHidden();
  await expect(openCall(winner)).toContainText(`by ${first}`);
  await expect(asker.client.wait(id)).resolves.toMatchObject({ state: 'approved' });
});

/** Presses until the guard against a double click is over and the verdict is on its way. */
async function confirm(page: Page, sent: ReadonlySet<Page>): Promise<void> {
  await expect(async () => {
    if (sent.has(page)) return;
    await page.getByRole('button', { name: /Yes, approve this call/ }).click({ timeout: 1_000 });
    expect(sent.has(page)).toBe(true);
  }).toPass();
}

/**
 * Keeps each verdict back until every page has sent its own, so that the server meets both at once.
 *
 * @returns the pages that have sent theirs
 */
async function holdUntilAllSent(pages: readonly Page[]): Promise<ReadonlySet<Page>> {
  const sent = new Set<Page>();
  let release = () => {};
  const all = new Promise<void>((resolve) => (release = resolve));
  for (const page of pages)
    await page.route('**/api/v1/approvals/*/approve', async (route) => {
      sent.add(page);
      if (sent.size === pages.length) release();
      await all;
      await route.continue();
    });
  return sent;
}
