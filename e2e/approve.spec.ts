import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import { formatScore } from '@/components/trust/score-text';
import { askForRefund, expect, test, type ConsoleCaller } from './fixtures';
import { approveByKeyboard } from './fixtures/keyboard';
import {
  chartRows,
  chartTablePath,
  ending,
  openCall,
  queueRow,
  untilLive,
} from './fixtures/screens';
import type { History } from '@/lib/contracts';

test('an agent asks, a reviewer approves by keyboard, the permit runs once, and trust moves', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page, person } = await login('reviewer');
  const history = () => admin.get<History>(`/api/v1/agents/${asker.id}/history`);
  const before = await history();
  await page.goto('/approvals');
  await untilLive(page);

  const row = queueRow(page, asker.name);
  const shown = row.waitFor().then(() => performance.now());
  const { id, outcome, asked, approval } = await askForRefund(asker, '4711', 120);
  const answeredAt = performance.now();
  expect(outcome).toBe('require_approval');
  expect(approval).toBeDefined();
  const delayMs = Math.max(0, Math.round((await shown) - answeredAt));
  test
    .info()
    .annotations.push({ type: 'shown in the open queue after', description: `${delayMs} ms` });

  const verdict = asker.client.wait(id, 25);
  await page.keyboard.press('j');
  const detail = openCall(page);
  await expect(detail).toContainText('4711');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await approveByKeyboard(page, detail);
  await expect(ending(page, 'Approved')).toBeVisible();
  await expect(detail).toContainText(`by ${person.name}`);

  const { state, permit } = await verdict;
  expect(state).toBe('approved');
  expect(permit?.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  const changed = {
    ...asked,
    action: { ...asked.action, properties: { arguments: { order: '4711', amount: 121 } } },
  };
  await expect(asker.client.redeem(id, changed)).rejects.toMatchObject({
    status: 422,
    code: 'action_differs',
  });
  await expect(asker.client.redeem(id, asked)).resolves.toMatchObject({ state: 'redeemed' });
  await expect(asker.client.redeem(id, asked)).rejects.toMatchObject({
    status: 409,
    code: 'already_redeemed',
  });
  await asker.client.reportOutcome(id, { status: 'succeeded', output: 'Refunded.' });

  const after = await history();
  expect(after.points.length).toBeGreaterThan(before.points.length);
  await page.goto(chartTablePath(asker.id));
  const newest = after.points.at(-1);
  await expect(
    chartRows(page)
      .filter({ hasText: formatScore(newest?.score ?? 0, 3) })
      .first(),
  ).toBeVisible();
  await expect(
    chartRows(page).filter({ hasText: `${person.name} approved refund.create` }),
  ).toBeVisible();
});

test('two redemptions at the same moment run the action once', async ({ agent, person }) => {
  const asker = await agent();
  const reviewer = await person('reviewer');
  const { id, asked, approval } = await askForRefund(asker, '4712', 80);
  const waiting = await reviewer.api.get<{ digest: string }>(`/api/v1/approvals/${approval?.id}`);
  await reviewer.api.post(`/api/v1/approvals/${approval?.id}/approve`, { digest: waiting.digest });

  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => asker.client.redeem(id, asked)),
  );
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  for (const refused of tries.filter((one) => one.status === 'rejected'))
    expect(refused.reason).toMatchObject({ status: 409 });
});

/** Takes the ground from under what an agent has asked for. */
const lower = (admin: ConsoleCaller, agentId: string) =>
  admin.post(`/api/v1/agents/${agentId}/overrides`, {
    rung: 1,
    until: new Date(Date.now() + 3_600_000).toISOString(),
    reason: 'For a journey',
  });

test('a refused approval shows at once why the call cannot run any more', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  const { approval } = await askForRefund(asker, '4721', 30);
  const path = `/api/v1/approvals/${approval?.id}`;
  await page.goto('/approvals');
  await untilLive(page);
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await detail.getByRole('button', { name: /Approve this call/ }).click();
  const question = page.getByRole('group', { name: 'Confirm the approval' });
  await expect(question).toBeVisible();
  // The page goes on with what it knew until its approval is refused.
  const known = await admin.get(path);
  let refused = false;
  page.on('response', (response) => {
    if (response.url().endsWith(`${path}/approve`)) refused = response.status() === 422;
  });
  await page.route(`**${path}`, (route) =>
    refused ? route.continue() : route.fulfill({ json: known }),
  );
  await lower(admin, asker.id);
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await question.getByRole('button', { name: /Yes, approve this call/ }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'now stands on 1' })).toBeVisible();
  await expect(detail).toContainText('An approval would come to nothing.');
  await expect(detail.getByRole('button', { name: /Approve this call/ })).toBeHidden();
  await expect(detail.getByRole('button', { name: /Reject/ })).toBeVisible();
});

test('a question whose approval could not run any more makes way for the reason', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  const { page } = await login('reviewer');
  await askForRefund(asker, '4722', 30);
  await page.goto('/approvals');
  await untilLive(page);
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await detail.getByRole('button', { name: /Approve this call/ }).click();
  const question = page.getByRole('group', { name: 'Confirm the approval' });
  await expect(question).toBeVisible();
  await lower(admin, asker.id);
  await expect(detail).toContainText('An approval would come to nothing.');
  await expect(question).toBeHidden();
});
