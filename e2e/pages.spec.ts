import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchDemo, type DemoBelay } from './fixtures/demo';
import { untilLive } from './fixtures/screens';
import { browserCookie } from './fixtures/sign-in';

/** What a first visit may cost: compressed JavaScript, in bytes. */
const MOST_SCRIPT_BYTES = 250_000;
/** The same with what is loaded once the page stands: the chart library on an agent's page. */
const MOST_SCRIPT_BYTES_IN_ALL = 400_000;
const SIGN_IN_PAGES = ['/sign-in', '/sign-in/password'];

let demo: DemoBelay;

test.describe.configure({ mode: 'default', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  demo = await launchDemo();
});

test.afterAll(() => demo.belay.stop());

for (const colorScheme of ['light', 'dark'] as const)
  test(`no page has a serious accessibility violation in ${colorScheme}`, async ({ browser }) => {
    for (const width of [1440, 390]) {
      const page = await pageOf(browser, { colorScheme, viewport: { width, height: 900 } });
      for (const path of demo.pages) {
        await open(page, path);
        expect.soft(await violationsOf(page), `${path} at ${width}`).toEqual([]);
      }
      await page.context().close();
    }
    const visitor = await browser.newContext({ baseURL: demo.belay.url, colorScheme });
    const door = await visitor.newPage();
    await door.goto('/sign-in');
    expect.soft(await violationsOf(door), '/sign-in').toEqual([]);
    await visitor.close();
  });

test('what opens over a page has no serious accessibility violation either', async ({
  browser,
}) => {
  const page = await pageOf(browser, { colorScheme: 'light' });
  await page.goto('/demo-fleet/kill-switches?set=1');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await violationsOf(page), 'setting a kill switch').toEqual([]);
  await open(page, '/demo-fleet/approvals');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await violationsOf(page), 'the list of keys').toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await violationsOf(page), 'search and commands').toEqual([]);
  await page.context().close();
});

test('the first load of every page costs less than 250 kB of JavaScript', async ({ browser }) => {
  const sizes: { path: string; asked: number; all: number }[] = [];
  for (const path of [...demo.pages, ...SIGN_IN_PAGES]) {
    const page = await pageOf(browser, { colorScheme: 'light' });
    const document = await page.goto(path);
    if (demo.pages.includes(path)) await untilLive(page);
    sizes.push({ path, ...(await scriptBytes(page, (await document?.text()) ?? '')) });
    await page.context().close();
  }
  sizes.sort((a, b) => b.all - a.all);
  const kB = (bytes: number) => Math.round(bytes / 1000);
  test.info().annotations.push({
    type: 'JavaScript of a first load, and with what comes after it',
    description: sizes
      .map(({ path, asked, all }) => `${path} ${kB(asked)}, ${kB(all)} kB`)
      .join('; '),
  });
  for (const { path, asked, all } of sizes) {
    expect.soft(asked, path).toBeLessThan(MOST_SCRIPT_BYTES);
    expect.soft(all, `${path} with what comes after it`).toBeLessThan(MOST_SCRIPT_BYTES_IN_ALL);
  }
});

async function pageOf(
  browser: Browser,
  options: NonNullable<Parameters<Browser['newContext']>[0]>,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: demo.belay.url, ...options });
  await context.addCookies([browserCookie(demo.belay.url, demo.session)]);
  return context.newPage();
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilLive(page);
}

/** Serious and critical ones: which rule, and where. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

/** Compressed bytes of the scripts that the document asks for, and of all, with charts and palettes that come after it. */
async function scriptBytes(page: Page, html: string): Promise<{ asked: number; all: number }> {
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => ({
        file: new URL(entry.name).pathname,
        bytes: (entry as PerformanceResourceTiming).encodedBodySize,
      }))
      .filter(({ file }) => file.endsWith('.js')),
  );
  const sum = (scripts: typeof loaded) => scripts.reduce((total, { bytes }) => total + bytes, 0);
  const named = loaded.filter(({ file }) =>
    html.includes(file.replace(/^.*\/static\//, 'static/')),
  );
  return { asked: sum(named), all: sum(loaded) };
}
