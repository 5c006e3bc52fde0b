import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchDemo, type DemoBelay } from './fixtures/demo';
import { untilLive } from './fixtures/screens';
import { browserCookie } from './fixtures/sign-in';

/**
 * What a first visit may cost, by the first pattern that fits the page: all JavaScript that a page loads by itself, in bytes as the
 * browser gets them. With approvals comes what the call that happens to be open needs: its kind, how it ended, what is in sight: up to 7 kB.
 */
const MOST_SCRIPT_BYTES = [
  [/\/agents\/[\da-f-]{36}$/, 215_000],
  [/\/approvals/, 187_000],
  [/^\/sign-in/, 121_000],
  [/./, 166_000],
] as const;
/** A page that asked for no script in this time has all it wants, in milliseconds. */
const QUIET_MS = 1_000;

/** What axe says of colors at level AA. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

let demo: DemoBelay;

test.describe.configure({ mode: 'default', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  demo = await launchDemo();
});

test.afterAll(() => demo.belay.stop());

for (const width of [1440, 390])
  test(`no page has a serious accessibility violation at ${width}, light and dark`, async ({
    browser,
  }) => {
    const page = await pageOf(browser, { viewport: { width, height: 900 } });
    for (const path of demo.pages) {
      await open(page, path);
      await expectNoViolations(page, `${path} at ${width}`);
    }
    await page.context().close();
    const visitor = await browser.newContext({ baseURL: demo.belay.url });
    const door = await visitor.newPage();
    await door.goto('/sign-in');
    await expectNoViolations(door, '/sign-in');
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

for (const width of [1440, 390])
  test(`evidence has no serious accessibility violation at ${width}, light and dark`, async ({
    browser,
  }) => {
    const page = await pageOf(browser, { viewport: { width, height: 900 } });
    await open(page, '/demo-fleet/agents?q=Inbox');
    await page.getByRole('link', { name: 'Inbox assistant' }).click();
    const trail = page.getByRole('region', { name: 'Evidence trail' });
    await trail.getByRole('button', { name: 'The call carries out' }).first().click();
    await expect(trail.getByRole('figure', { name: 'Untrusted text' }).first()).toBeVisible();
    await expectNoViolations(page, 'the evidence trail');
    await trail.getByRole('link', { name: 'The call carries out' }).click();
    const incident = page.getByRole('dialog');
    await expect(incident.getByRole('figure', { name: 'Untrusted text' }).first()).toBeVisible();
    await expectNoViolations(page, 'the incident');
    await page.context().close();
  });

test('the first load of no page costs more JavaScript than it may', async ({ browser }) => {
  const weights: ({ path: string } & Weight)[] = [];
  for (const path of [...demo.pages, '/sign-in/password']) {
    const page = await pageOf(browser, { colorScheme: 'light' });
    await page.goto(path);
    if (demo.pages.includes(path)) await untilLive(page);
    weights.push({ path, ...(await scriptWeight(page)) });
    await page.context().close();
  }
  const visitor = await browser.newContext({ baseURL: demo.belay.url });
  const door = await visitor.newPage();
  await door.goto('/sign-in');
  weights.push({ path: '/sign-in', ...(await scriptWeight(door)) });
  await visitor.close();

  weights.sort((a, b) => b.bytes - a.bytes);
  const kB = (bytes: number) => (bytes / 1000).toFixed(1);
  for (const { path, bytes, gzip, files } of weights) {
    test.info().annotations.push({
      type: 'JavaScript of a first load',
      description: `${path}: ${kB(bytes)} kB as the browser got it, ${kB(gzip)} kB with gzip, ${files} files`,
    });
    const [, most] = MOST_SCRIPT_BYTES.find(([pages]) => pages.test(path))!;
    expect.soft(bytes, path).toBeLessThan(most);
  }
});

test('the score chart is drawn, and its strip selects a part of the range', async ({ browser }) => {
  const page = await pageOf(browser, { colorScheme: 'light' });
  await open(page, demo.pages.find((path) => /agents\/[^/]{36}$/.test(path)) ?? 'no agent');
  const chart = page.getByRole('region', { name: 'Score over time' });
  await expect(chart.locator('.recharts-curve')).toHaveCount(6);

  const start = chart.getByRole('slider', { name: 'Start of the selected part' });
  await start.press('ArrowRight');
  await expect(start).toHaveAttribute('aria-valuenow', '1');
  await expect(page).toHaveURL(/from=/);
  const whole = chart.getByRole('button', { name: 'Show the whole range again' });
  await whole.click();
  await expect(start).toHaveAttribute('aria-valuenow', '0');

  const end = chart.getByRole('slider', { name: 'End of the selected part' });
  const box = await end.boundingBox();
  if (!box) throw new Error('The handle is not on the screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 200, y, { steps: 4 });
  await page.mouse.up();
  await expect(end).not.toHaveAttribute('aria-valuenow', '159');
  await expect(whole).toBeVisible();
  await page.context().close();
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

/** The same page in both schemes: in the second one only what depends on colors can be different. */
async function expectNoViolations(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await violationsOf(page), `${where}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await violationsOf(page, COLOR_RULES), `${where}, dark`).toEqual([]);
}

/** Serious and critical ones: which rule, and where. @param rules those that are asked; all of WCAG 2.2 AA when absent */
async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

interface Weight {
  /** As the browser got it, which takes Brotli. */
  readonly bytes: number;
  /** As one that does not would have got it. */
  readonly gzip: number;
  readonly files: number;
}

/** Compressed bytes of every script, those included that come once the page stands, as charts do. */
async function scriptWeight(page: Page): Promise<Weight> {
  let before: number;
  let scripts = await scriptsOf(page);
  do {
    before = scripts.length;
    await page.waitForTimeout(QUIET_MS);
    scripts = await scriptsOf(page);
  } while (scripts.length !== before);
  let gzip = 0;
  for (const { url } of scripts) {
    const answer = await page.request.get(url, { headers: { 'accept-encoding': 'gzip' } });
    gzip += Number(answer.headers()['content-length']);
  }
  const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0);
  return { bytes, gzip, files: scripts.length };
}

/** Every script the page has loaded so far. */
const scriptsOf = (page: Page): Promise<{ url: string; bytes: number }[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => new URL(entry.name).pathname.endsWith('.js'))
      .map((entry) => ({
        url: entry.name,
        bytes: (entry as PerformanceResourceTiming).encodedBodySize,
      })),
  );
