import { closePool } from '@/lib/db';
import { askForRefund, expect, invite, test } from './fixtures';
import { queueRow, untilLive } from './fixtures/screens';
import { signIn } from './fixtures/sign-in';
import { otherWorkspace } from './fixtures/workspaces';

const WRONG = 'This e-mail address and password do not match. Check both and try again.';

test('a wrong password and an unknown address get the same answer', async ({ page, person }) => {
  const { email } = await person('viewer');
  for (const address of [email, 'nobody@journeys.example']) {
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(address);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert').filter({ hasText: WRONG })).toBeVisible();
  }
  expect(await page.context().cookies()).not.toContainEqual(
    expect.objectContaining({ name: 'next-auth.session-token' }),
  );
});

test('a one-time password lets nobody further than choosing a password of their own', async ({
  page,
  admin,
  mark,
}) => {
  const email = `invited-${mark}@journeys.example`;
  const { id, oneTimePassword } = await invite(admin, { email, name: 'Invited', role: 'viewer' });
  await page.goto('/default/ledger');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fdefault%2Fledger/);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password').fill(oneTimePassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/sign-in\/password/);
  await page.goto('/default/agents');
  await expect(page).toHaveURL(/\/sign-in\/password/);
  const behindThePage = '/api/v1/agents?workspace=default';
  const refused = await page.request.get(behindThePage);
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'password_change_required' });

  await page.getByLabel('One-time password').fill(oneTimePassword);
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByLabel('New password again').fill('short');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await expect(page.getByText(/At least 12 characters/).first()).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in\/password/);
  await page.getByLabel('New password', { exact: true }).fill('a sentence of my own');
  await page.getByLabel('New password again').fill('a sentence of my own');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  // On to the page that was asked for last, not to the first one.
  await expect(page).toHaveURL(/\/default\/agents$/);
  await untilLive(page);
  expect((await page.request.get(behindThePage)).status()).toBe(200);
  await admin.patch(`/api/v1/people/${id}`, { disabled: true });
});

test('signing out ends the login on the server, with its stream', async ({ login }) => {
  const { page, person } = await login('viewer');
  await page.goto('/default/overview');
  await untilLive(page);
  const stream = await person.api.request('GET', '/api/v1/events?workspace=default');
  expect(stream.status).toBe(200);
  const ended = stream.text();

  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await ended;
  expect((await person.api.request('GET', '/api/v1/overview')).status).toBe(401);
  await page.goto('/default/overview');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test('guessing passwords is slowed down, also for the right one', async ({ page, person }) => {
  const { email, password } = await person('viewer');
  await page.goto('/sign-in');
  const message = page.getByRole('alert');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await expect(async () => {
    await page.getByLabel('Password').fill('a guess');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(message.filter({ hasText: 'Too many failed sign-ins' })).toBeVisible({
      timeout: 2_000,
    });
  }).toPass({ timeout: 60_000, intervals: [0] });
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(message.filter({ hasText: 'Too many failed sign-ins' })).toBeVisible();
});

test('a stranger who guesses keeps nobody out of a browser they have used, and is in the ledger', async ({
  page,
  person,
  admin,
}) => {
  const { id, email, password } = await person('viewer');
  const url = new URL('/', (await page.goto('/sign-in'))?.url()).origin;
  const enter = async () => {
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/default\/overview/);
  };
  await enter();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  const guess = () => signIn(url, { email, password: 'a guess' });
  for (let n = 0; n < 5; n += 1) await expect(guess()).rejects.toThrow('cannot sign in');
  await expect(signIn(url, { email, password })).rejects.toThrow('cannot sign in');
  await enter();
  const subject = encodeURIComponent(`person:${id}`);
  const { items } = await admin.get<{ items: { kind: string }[] }>(
    `/api/v1/ledger?subject=${subject}&limit=100`,
  );
  const count = (kind: string) => items.filter((entry) => entry.kind === kind).length;
  expect(count('person.sign_in_failed')).toBe(5);
  expect(count('person.signed_out')).toBe(1);
  expect(count('person.signed_in')).toBeGreaterThanOrEqual(2);
});

test('the sign-in page never speaks for whoever wrote its address', async ({ page }) => {
  await page.goto('/sign-in?error=Your+account+is+blocked,+call+44+1234');
  await expect(
    page.getByRole('alert').filter({ hasText: 'The sign-in did not work' }),
  ).toBeVisible();
  await expect(page.getByText('is blocked')).toHaveCount(0);
});

test('the address that was asked for opens after signing in, and no other site', async ({
  page,
  person,
}) => {
  const { email, password } = await person('viewer');
  await page.goto('/sign-in?next=https://evil.example/');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/default\/overview/);
});

test('whoever has nothing to decide here sees where something waits, and gets there with its page', async ({
  url,
  browse,
  admin,
  agent,
  mark,
}) => {
  const asker = await agent();
  await askForRefund(asker, '7200', 25);
  const own = await otherWorkspace(url, `quiet-${mark}`);
  const me = await own.person('admin');
  await closePool();
  await admin.post('/api/v1/people', { email: me.email, name: me.name, role: 'reviewer' });
  const { page } = await browse(me);
  await page.goto(`/${own.slug}/overview`);
  await page.getByRole('link', { name: /approvals? waits? for a person/ }).click();
  await expect(page).toHaveURL(/\/default\/approvals/);
  await expect(queueRow(page, asker.name)).toBeVisible();

  await page.goto(`/${own.slug}/approvals`);
  await expect(page.getByRole('link', { name: /approvals? waits? for a person/ })).toBeVisible();
  await page.getByRole('button', { name: /Workspace:/ }).click();
  const there = page.getByRole('menuitemradio', { name: /My workspace/ });
  await expect(there).toContainText(/\d+ waiting/);
  await there.click();
  await expect(page).toHaveURL(/\/default\/approvals/);
});
