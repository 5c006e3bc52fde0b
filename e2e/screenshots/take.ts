import { join } from 'node:path';
import { test } from '@playwright/test';
import { launchDemo, type DemoBelay } from '../fixtures/demo';
import { untilLive } from '../fixtures/screens';
import { browserCookie } from '../fixtures/sign-in';

const FOLDER = 'screenshots';
/** The page that README shows, and where it keeps the picture. */
const SHOWN = { name: 'approvals-1440-light', path: join('docs', 'screenshot.png') };

let demo: DemoBelay;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  demo = await launchDemo();
});

test.afterAll(() => demo.belay.stop());

for (const width of [1440, 390])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${width} wide, ${colorScheme}`, async ({ browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({
        baseURL: demo.belay.url,
        colorScheme,
        viewport: { width, height: width === 390 ? 844 : 900 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      const take = async (name: string) => {
        const file = `${name}-${width}-${colorScheme}`;
        await page.screenshot({ path: join(FOLDER, `${file}.png`) });
        if (file === SHOWN.name) await page.screenshot({ path: SHOWN.path });
      };
      await page.goto('/sign-in');
      await take('sign-in');
      await context.addCookies([browserCookie(demo.belay.url, demo.session)]);
      for (const path of demo.pages) {
        await page.goto(path);
        await untilLive(page);
        await take(nameOf(path));
      }
      await context.close();
    });

/** `/demo-fleet/agents/01…` is `agent`; every other page has the name of its address. */
function nameOf(path: string): string {
  const [, , page = '', rest] = path.split('/');
  if (rest === undefined) return page;
  return rest === 'new' ? `${page}-new` : page.replace(/s$/, '');
}
