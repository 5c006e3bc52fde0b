import type { Page } from '@playwright/test';
import { launchBelay, type RunningBelay } from '@/lib/cli/launch';
import { findFreePort } from '@/lib/db/embedded/ports';
import { ConsoleCaller, expect, signIn, test } from './fixtures';
import { untilLive } from './fixtures/screens';
import { replaceOneTimePassword } from './fixtures/sign-in';
import {
  OIDC_CLIENT,
  startIdentityProvider,
  UNVERIFIED,
  type IdentityProvider,
} from './oidc-provider';

let belay: RunningBelay;
let provider: IdentityProvider;
let admin: ConsoleCaller;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  provider = await startIdentityProvider(`${url}/api/auth/callback/oidc`);
  belay = await launchBelay({
    variables: {
      PORT: String(port),
      BELAY_OIDC_ISSUER: provider.issuer,
      BELAY_OIDC_CLIENT_ID: OIDC_CLIENT.id,
      BELAY_OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
    },
  });
  if (belay.admin === undefined) throw new Error('A new home has an admin.');
  const { email, oneTimePassword } = belay.admin;
  const password = 'a password of the admin';
  await replaceOneTimePassword(belay.url, { email, password: oneTimePassword }, password);
  const session = await signIn(belay.url, { email, password });
  admin = new ConsoleCaller(belay.url, { session, workspace: 'default' });
});

test.afterAll(async () => {
  await belay.stop();
  await provider.stop();
});

test('somebody who was invited signs in through the identity provider, with their role', async ({
  page,
}) => {
  const email = 'ada@journeys.example';
  await admin.post('/api/v1/people', { email, name: 'Ada', role: 'reviewer' });
  await signInAt(page, email);
  await expect(page).toHaveURL(/\/default\/overview/);
  await untilLive(page);
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByText(`${email}, reviewer`)).toBeVisible();
});

test('somebody whom nobody invited stays outside', async ({ page }) => {
  await signInAt(page, 'stranger@journeys.example');
  await expect(page.getByText('Nobody has invited this account yet.')).toBeVisible();
  expect((await page.request.get(`${belay.url}/api/v1/me`)).status()).toBe(401);
});

test('an address that the provider has not verified opens no account', async ({ page }) => {
  const email = `${UNVERIFIED}grace@journeys.example`;
  await admin.post('/api/v1/people', { email, name: 'Grace', role: 'admin' });
  await signInAt(page, email);
  await expect(page.getByText('has not verified your e-mail address')).toBeVisible();
});

test('somebody who is disabled is not let in by the provider either', async ({ page }) => {
  const email = 'alan@journeys.example';
  const person = { email, name: 'Alan', role: 'viewer' };
  const { id } = await admin.post<{ id: string }>('/api/v1/people', person);
  await signInAt(page, email);
  await expect(page).toHaveURL(/\/default\/overview/);
  await admin.patch(`/api/v1/people/${id}`, { disabled: true });
  await page.goto(`${belay.url}/default/overview`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByRole('button', { name: 'Sign in with single sign-on' }).click();
  await expect(page.getByText('This account is disabled.')).toBeVisible();
});

/** Through the provider's own pages: login, then consent. */
async function signInAt(page: Page, login: string): Promise<void> {
  await page.goto(`${belay.url}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with single sign-on' }).click();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
