import AxeBuilder from '@axe-core/playwright';
import { askForRefund, expect, test } from './fixtures';
import { englishLeftOn } from './fixtures/german';
import { CONSOLE_PAGES } from './fixtures/pages';
import { untilLive } from './fixtures/screens';
import { browserCookie } from './fixtures/sign-in';

const GERMAN = { locale: 'de-DE' };
const SETTINGS = ['keys', 'verdicts', 'workspace', 'queue', 'messages', 'you', 'outside'];

test('a browser that wants German gets German, from signing in to a verdict', async ({
  agent,
  browser,
  person,
  url,
}) => {
  const asker = await agent();
  const reviewer = await person('reviewer');
  const { id, approval } = await askForRefund(asker, '8101', 1_234);
  const context = await browser.newContext(GERMAN);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', ({ message }) => wrong.push(message));

  await page.goto(`${url}/approvals?item=${approval?.id}`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveTitle('Anmelden · Belay');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByLabel('E-Mail').fill(reviewer.email);
  await page.getByLabel('Passwort').fill('falsch');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/passen nicht zusammen/)).toBeVisible();
  await page.getByLabel('Passwort').fill(reviewer.password);
  await page.keyboard.press('Enter');

  const call = page.getByRole('article', { name: 'Der offene Aufruf' });
  await expect(call).toContainText('8101');
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Freigaben', level: 1 })).toBeVisible();
  await expect(call.getByRole('button', { name: /^Diesen Aufruf freigeben/ })).toBeVisible();
  // What an agent is and says stays as it is; numbers of ours follow the language.
  await expect(call).toContainText('refund.create');
  await expect(call).toContainText(/0,\d\d/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.keyboard.press('a');
  await expect(page.getByRole('group', { name: 'Freigabe bestätigen' })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('a');
    await expect(call.getByText(/^Freigegeben/).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(asker.client.wait(id, 5)).resolves.toMatchObject({ state: 'approved' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect(wrong).toEqual([]);
  await context.close();
});

test('every page is German throughout, and nothing of it is in the way of assistive technology', async ({
  agent,
  browser,
  person,
  url,
}) => {
  test.setTimeout(180_000);
  const asker = await agent();
  const { approval } = await askForRefund(asker, '8102', 1_234);
  const admin = await person('admin');
  const context = await browser.newContext({ ...GERMAN, baseURL: url });
  await context.addCookies([browserCookie(url, admin.session)]);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', ({ message }) => wrong.push(message));
  const tabs = ['decisions', 'sessions', 'pact', 'identity', 'events'];
  const paths = [
    ...CONSOLE_PAGES,
    ...SETTINGS.map((tab) => `settings?tab=${tab}`),
    ...tabs.map((tab) => `agents/${asker.id}?tab=${tab}`),
    `approvals/${approval?.id}`,
    'reviewing?tab=workspace',
    'agents?q=nobody-has-this-name',
    'nowhere',
  ];
  for (const path of paths) {
    await page.goto(`/default/${path}`);
    if (path !== 'nowhere') await untilLive(page);
    expect.soft(await page.locator('html').getAttribute('lang'), path).toBe('de');
    expect.soft(await englishLeftOn(page), path).toEqual([]);
    // Tabs and empty lists are built as in English, where all of them are looked at.
    if (path.includes('?')) continue;
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect
      .soft(
        grave.map(({ id, nodes }) => [id, nodes[0]?.target]),
        path,
      )
      .toEqual([]);
  }
  await page.goto('/default/kill-switches?set=1');
  await expect(page.getByRole('dialog', { name: 'Notschalter setzen' })).toBeVisible();
  expect.soft(await englishLeftOn(page), 'setting a kill switch').toEqual([]);
  expect(wrong).toEqual([]);
  await context.close();
});

test('going from page to page fetches what the next one says before it is shown', async ({
  browser,
  person,
  url,
}) => {
  const manager = await person('manager');
  const context = await browser.newContext({ ...GERMAN, baseURL: url });
  await context.addCookies([browserCookie(url, manager.session)]);
  const page = await context.newPage();
  await page.goto('/default/overview');
  await untilLive(page);
  for (const name of ['Agenten', 'Vorfälle', 'Richtlinien', 'Protokoll', 'Einstellungen']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: /^Loading|(wird|werden) geladen/i })).toHaveCount(
      0,
    );
    expect.soft(await englishLeftOn(page), name).toEqual([]);
  }
  await context.close();
});

test('a chosen language holds against the browser, and can be given back', async ({ login }) => {
  const { page } = await login('reviewer');
  await page.goto('/overview');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('link', { name: 'Freigaben' }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Freigaben' }).first().click();
  await expect(page.getByRole('heading', { name: 'Freigaben', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: /^Konto:/ }).click();
  await page.getByRole('menuitemradio', { name: 'Wie der Browser' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('readers of different languages are answered at the same moment, each in theirs', async ({
  url,
}) => {
  const wishes = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 'de' : 'en'));
  const answers = await Promise.all(
    wishes.map(async (wish) => {
      const page = await fetch(`${url}/sign-in`, { headers: { 'accept-language': wish } });
      return /<html lang="(..)"[\s\S]*<title>([^<]*)/.exec(await page.text())?.slice(1);
    }),
  );
  expect(answers).toEqual(
    wishes.map((wish) => (wish === 'de' ? ['de', 'Anmelden · Belay'] : ['en', 'Sign in · Belay'])),
  );
});

test('on a narrow phone no German button of a call runs past the edge', async ({
  agent,
  browser,
  person,
  url,
}) => {
  const asker = await agent();
  // Three alike, so that every button there can be is there.
  const [first] = [
    await askForRefund(asker, '8201', 20),
    await askForRefund(asker, '8202', 21),
    await askForRefund(asker, '8203', 22),
  ];
  const reviewer = await person('reviewer');
  const context = await browser.newContext({
    ...GERMAN,
    baseURL: url,
    viewport: { width: 390, height: 844 },
  });
  await context.addCookies([browserCookie(url, reviewer.session)]);
  const page = await context.newPage();
  await page.goto(`/approvals?item=${first.approval?.id}`);
  await untilLive(page);
  const bar = page.locator('[data-verdict-bar]');
  await expect(bar.getByRole('button', { name: /^3 wie dieser/ })).toBeVisible();
  for (const width of [390, 360, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const button of await bar.getByRole('button').all()) {
      const box = await button.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
  }
  await context.close();
});
