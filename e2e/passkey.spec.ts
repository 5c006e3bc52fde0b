import AxeBuilder from '@axe-core/playwright';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import type { CDPSession, Page } from '@playwright/test';
import type { Approval, Passkey } from '@/lib/contracts';
import { expect, test } from './fixtures';
import { REFUND_TOOL } from './fixtures/agents';
import { ending, openCall, queueRow } from './fixtures/screens';

/** Chrome's own authenticator in software, as a laptop with a fingerprint reader has one. */
async function plugIn(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

test('a reviewer adds a passkey and from then on confirms critical calls with it', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const asker = await agent({ rung: 4 });
  const tool = `vault.drain-${mark}`;
  await admin.post('/api/v1/tools', { ...REFUND_TOOL, name: tool, risk: 'critical' });
  const { page, person } = await login('reviewer');
  const { cdp, authenticatorId } = await plugIn(page);

  await page.goto('/settings?tab=you');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Work laptop');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Add the passkey' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Work laptop' });
  await expect(row).toContainText('never used');

  const { context } = await asker.client.evaluate({
    action: { name: tool, properties: { arguments: { all: true } } },
    resource: { type: 'vault', id: 'north' },
  });
  const path = `/api/v1/approvals/${context.approval?.id}`;
  const { digest } = await person.api.get<Approval>(path);
  await expect(
    person.api.post(`${path}/approve`, { digest, target: 'north' }),
  ).rejects.toMatchObject({ status: 422, code: 'step_up_needed' });

  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  await expect(openCall(page).getByRole('button', { name: /Approve this call/ })).toBeVisible();
  const approve = async () => {
    await page.keyboard.press('a');
    const question = page.getByRole('group', { name: 'Confirm the approval' });
    await expect(question.getByRole('textbox', { name: /type north/ })).toBeFocused();
    await page.keyboard.type('north');
    // The key that opened the question is not the one that answers it.
    await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
    await page.keyboard.press('Enter');
  };
  // The finger that does not match: nothing is approved, and trying again is offered.
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await approve();
  const failure = page.getByRole('alert').filter({ hasText: 'nothing was approved' });
  await expect(failure).toBeVisible();
  expect(await person.api.get<Approval>(path)).toMatchObject({ state: 'pending' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(ending(page, 'Approved')).toBeVisible();

  const { items } = await person.api.get<{ items: Passkey[] }>('/api/v1/me/passkeys');
  expect(items).toMatchObject([{ name: 'Work laptop' }]);
  expect(items[0]?.lastUsedAt).not.toBeNull();

  await page.goto('/settings?tab=you');
  await page.getByRole('button', { name: 'Remove the passkey Work laptop' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove the passkey Work laptop' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The laptop is gone');
  await dialog.getByRole('button', { name: 'Remove the passkey' }).click();
  await expect(page.getByText('No passkey yet')).toBeVisible();
});
