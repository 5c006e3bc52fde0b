import type { AgentDetail, Approval, ApprovalDetail, Explanation, History } from '@/lib/contracts';
import { askForRefund, expect, test, type RegisteredAgent, type SignedInPerson } from './fixtures';
import {
  chartRows,
  chartTablePath,
  ending,
  openCall,
  queueRow,
  untilLive,
} from './fixtures/screens';

test('a rejection with a reason reaches the agent, lowers its outcome layer and explains itself', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page, person } = await login('reviewer');
  await approveOne(person, asker);
  const before = await outcomeOf();
  await page.goto('/approvals');
  // Asked while the page is still loading: it must not fall between the first list and the stream.
  const { id } = await askForRefund(asker, '4801', 900);
  const verdict = asker.client.wait(id, 25);

  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await expect(detail.getByRole('button', { name: /Approve this call/ })).toBeVisible();
  await page.keyboard.press('r');
  await expect(detail.getByRole('radio', { name: /Wrong target/ })).toBeFocused();
  await page.keyboard.press('5');
  await expect(detail.getByRole('radio', { name: /Unsafe/ })).toBeChecked();
  await detail.getByRole('textbox', { name: /Comment/ }).fill('Nobody asked for 900.');
  await detail.getByRole('button', { name: /Reject this call/ }).click();
  await expect(ending(page, 'Rejected')).toBeVisible();
  await expect(detail).toContainText('Unsafe');
  await expect(detail).toContainText('Nobody asked for 900.');

  await expect(verdict).resolves.toMatchObject({
    state: 'rejected',
    verdict: { reason: 'unsafe', comment: 'Nobody asked for 900.' },
  });
  // The verdict counts once it can no longer be taken back.
  await expect.poll(effectOf, { timeout: 20_000 }).not.toBeNull();
  expect(await outcomeOf()).toBeLessThan(before);

  await page.goto(chartTablePath(asker.id));
  const mark = `${person.name} rejected refund.create: unsafe`;
  await expect(chartRows(page).filter({ hasText: mark })).toBeVisible();
  await chartRows(page).filter({ hasText: mark }).click();
  const explanation = page.getByRole('region', {
    name: 'What moved the score at the pinned moment',
  });
  await expect(explanation).toContainText('A reviewer rejected the action: unsafe');

  const { marks } = await admin.get<History>(`/api/v1/agents/${asker.id}/history`);
  const at = encodeURIComponent(marks.find(({ text }) => text === mark)?.at ?? '');
  const told = await admin.get<Explanation>(`/api/v1/agents/${asker.id}/explain?at=${at}`);
  const cause = told.contributions.find((one) => one.kind === 'outcome.rejected.unsafe');
  expect(cause?.layerDelta).toBeLessThan(0);
  expect(cause?.decisionId).toBe(id);

  async function effectOf(): Promise<ApprovalDetail['effect']> {
    const { items } = await admin.get<{ items: Approval[] }>(
      `/api/v1/approvals?status=rejected&agent=${asker.id}`,
    );
    const detail = await admin.get<ApprovalDetail>(`/api/v1/approvals/${items[0]?.id}`);
    return detail.effect;
  }

  async function outcomeOf(): Promise<number> {
    const { trust } = await admin.get<AgentDetail>(`/api/v1/agents/${asker.id}`);
    return trust.layers.outcome.score;
  }
});

test('a rejection without a reason is not sent', async ({ agent, login }) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  await askForRefund(asker, '4802', 40);
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await detail.getByRole('button', { name: /^Reject/ }).click();
  await detail.getByRole('button', { name: /Reject this call/ }).click();
  await expect(detail.getByRole('alert')).toContainText('Choose a reason first');
  await page.keyboard.press('Escape');
  await expect(detail.getByRole('button', { name: /Approve this call/ })).toBeVisible();
});

test('what is typed while a form is on its way reaches the form, and nothing else', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  await askForRefund(asker, '4803', 40);
  const detail = openCall(page);
  /** Nobody has moved or typed, so that the first key is what fetches the form, over a slow line. */
  const openAnew = async () => {
    await page.unrouteAll();
    await page.goto(`/approvals?agent=${asker.id}`);
    await untilLive(page);
    await expect(detail.getByRole('button', { name: /Approve this call/ })).toBeVisible();
    await page.route(/_next\/static\/chunks/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
  };
  await openAnew();
  await page.keyboard.press('c');
  await page.keyboard.type('ask Ann.');
  await expect(detail.getByText('Loading the form…')).toBeVisible();
  const comment = detail.getByRole('textbox', { name: /Comment/ });
  await expect(comment).toHaveValue('ask Ann.');
  await expect(comment).toBeFocused();

  await openAnew();
  await page.keyboard.press('r');
  await page.keyboard.type('a');
  await page.keyboard.press('Escape');
  await expect(detail.getByRole('button', { name: /Approve this call/ })).toBeVisible();
  await page.keyboard.press('r');
  await page.keyboard.press('5');
  await page.keyboard.press('Enter');
  await expect(detail.getByText('Loading the form…')).toBeVisible();
  await expect(ending(page, 'Rejected')).toBeVisible();
  await expect(detail).toContainText('Unsafe');
});

async function approveOne(reviewer: SignedInPerson, asker: RegisteredAgent): Promise<void> {
  const { id, asked, approval } = await askForRefund(asker, '4800', 10);
  const path = `/api/v1/approvals/${approval?.id}`;
  const { digest } = await reviewer.api.get<Approval>(path);
  await reviewer.api.post(`${path}/approve`, { digest });
  await asker.client.redeem(id, asked);
  await asker.client.reportOutcome(id, { status: 'succeeded' });
}
