import AxeBuilder from '@axe-core/playwright';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import type { CDPSession, Page } from '@playwright/test';
import type { Approval, Passkey } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { expect, test, type ConsoleCaller, type SignedInPerson } from './fixtures';
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

const setMode = (admin: ConsoleCaller, mode: 'required' | 'when_registered') =>
  admin.request('PUT', '/api/v1/workspace/step-up', { mode, reason: 'For a journey' });

async function signInAgain(page: Page, { email, password }: SignedInPerson): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
}

/** As if they had signed in long ago. */
const ageLogins = (personId: string) =>
  sql(`UPDATE login_sessions SET created_at = now() - interval '16 minutes' WHERE person_id = $1`, [
    personId,
  ]);

test('where everybody needs a passkey, a reviewer without one learns where to add it, and approves with it', async ({
  admin,
  adminNow,
  agent,
  login,
  mark,
}) => {
  const asker = await agent({ rung: 4 });
  const tool = `vault.empty-${mark}`;
  await admin.post('/api/v1/tools', { ...REFUND_TOOL, name: tool, risk: 'critical' });
  const { context } = await asker.client.evaluate({
    action: { name: tool, properties: { arguments: { all: true } } },
    resource: { type: 'vault', id: 'south' },
  });
  const { page, person } = await login('reviewer');
  await plugIn(page);
  expect((await setMode(admin, 'required')).status).toBe(200);
  try {
    await page.goto(`/approvals?item=${context.approval?.id}`);
    const call = openCall(page);
    await expect(call).toContainText('Approving what is critical needs a passkey');
    await expect(call.getByRole('button', { name: /Approve this call/ })).toHaveCount(0);
    await expect(call.getByRole('button', { name: /Reject/ })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    // The way there, also for somebody who signed in long ago.
    await ageLogins(person.id);
    await call.getByRole('link', { name: 'Add a passkey' }).click();
    const add = async () => {
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Desk');
      await page.getByRole('button', { name: 'Add the passkey' }).click();
    };
    await add();
    await expect(page.getByRole('alert')).toContainText('within 15 minutes of signing in');
    await page.getByRole('button', { name: 'Sign out and in again' }).click();
    await signInAgain(page, person);
    await expect(page).toHaveURL(/settings\?tab=you/);
    await add();
    await expect(page.getByRole('listitem').filter({ hasText: 'Desk' })).toBeVisible();

    await page.goto(`/approvals?item=${context.approval?.id}`);
    await call.getByRole('button', { name: /Approve this call/ }).click();
    const question = page.getByRole('group', { name: 'Confirm the approval' });
    await question.getByRole('textbox', { name: /type south/ }).fill('south');
    await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
    await page.keyboard.press('Enter');
    await expect(ending(page, 'Approved')).toBeVisible();
  } finally {
    await setMode(adminNow, 'when_registered');
  }
});

test('demanding fewer passkeys, and a key that decides, need somebody who has just signed in', async ({
  admin,
  adminNow,
  login,
}) => {
  const { page, person } = await login('admin');
  await ageLogins(person.id);
  expect((await setMode(admin, 'required')).status).toBe(200);
  try {
    await page.goto('/settings?tab=workspace');
    await page.getByRole('button', { name: 'Ask only those who have one…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody has one');
    await dialog.getByRole('button', { name: 'Ask only those who have one' }).click();
    await expect(dialog.getByRole('alert')).toContainText(
      'Nothing has changed. Fewer passkeys are demanded within 15 minutes of signing in.',
    );
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.goto('/settings?tab=keys');
    await page.getByRole('button', { name: 'Make an API key' }).first().click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Night shift');
    await dialog.getByRole('combobox', { name: 'Role' }).selectOption('reviewer');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Keys that may decide approvals');
    await dialog.getByRole('button', { name: 'Sign out and in again' }).click();
    await signInAgain(page, person);
    await expect(page).toHaveURL(/settings\?tab=keys/);

    await page.goto('/settings?tab=workspace');
    await page.getByRole('button', { name: 'Ask only those who have one…' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody has one');
    await dialog.getByRole('button', { name: 'Ask only those who have one' }).click();
    await expect(page.getByText('People who have a passkey confirm with it')).toBeVisible();
  } finally {
    await setMode(adminNow, 'when_registered');
  }
});
