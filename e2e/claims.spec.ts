import AxeBuilder from '@axe-core/playwright';
import { sql } from '@/lib/db';
import { askForRefund, expect, test } from './fixtures';
import { openCall, untilLive } from './fixtures/screens';

/** Most calls one person holds at a time; `MOST_OPEN_CLAIMS` of the service. */
const MOST_HELD = 10;

test('somebody else’s claim is ended, and the call can be decided', async ({
  agent,
  login,
  person,
}) => {
  const asker = await agent();
  const { approval } = await askForRefund(asker, '6201', 30);
  const other = await person('reviewer', 'Holder of the Journeys');
  await other.api.post(`/api/v1/approvals/${approval?.id}/claim`);
  const { page } = await login('reviewer');
  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  const call = openCall(page);
  await expect(call).toContainText('Holder of the Journeys is deciding this.');
  await expect(call.getByRole('button', { name: /Approve this call/ })).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await call.getByRole('button', { name: 'End this claim' }).click();
  await expect(call.getByRole('button', { name: /Approve this call/ })).toBeVisible();
  await expect(call).not.toContainText('is deciding this');
  const { items } = await other.api.get<{ items: { kind: string; body: unknown }[] }>(
    '/api/v1/ledger?kind=approval.released&limit=5',
  );
  expect(JSON.stringify(items)).toContain('Holder of the Journeys');
});

test('nobody holds more calls, or one call longer, than there is use for; both are said', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page, person } = await login('reviewer');
  const held: string[] = [];
  for (let n = 0; n < MOST_HELD; n += 1) {
    const { approval } = await askForRefund(asker, `63${10 + n}`, 10 + n);
    held.push(approval?.id ?? '');
    await person.api.post(`/api/v1/approvals/${approval?.id}/claim`);
  }
  const { approval } = await askForRefund(asker, '6399', 99);
  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  const call = openCall(page);
  await call.getByRole('button', { name: /^Claim/ }).click();
  const tooMany = call.getByRole('alert').filter({ hasText: 'You hold 10 calls already.' });
  await expect(tooMany).toBeVisible();
  // It can be decided all the same.
  await expect(call.getByRole('button', { name: /Approve this call/ })).toBeVisible();

  await page.goto(`/approvals?item=${held[0]}`);
  await untilLive(page);
  await call.getByRole('button', { name: /^Release/ }).click();
  await expect(call.getByRole('button', { name: /^Claim/ })).toBeVisible();
  // Half an hour has gone since it was first claimed.
  await sql(
    `UPDATE approvals SET first_claims = jsonb_build_object($2::text, $3::text) WHERE id = $1`,
    [held[0] ?? '', person.id, new Date(Date.now() - 30 * 60_000).toISOString()],
  );
  await call.getByRole('button', { name: /^Claim/ }).click();
  await expect(
    call.getByRole('alert').filter({ hasText: 'one person holds a call for 20 minutes at most' }),
  ).toBeVisible();

  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  await call.getByRole('button', { name: /^Claim/ }).click();
  await expect(call).toContainText('Claimed by you');
});
