/** A real browser on the queue, and what it saw. */
import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../../bootstrap/browser.mjs';
import type { RunningBelay } from '../../launch';

const VIEWPORT = { width: 1440, height: 900 };

/** Signs in as the first admin through the pages a person sees. */
export async function openConsole({
  url,
  admin,
}: RunningBelay): Promise<{ browser: Browser; page: Page }> {
  if (admin === undefined) throw new Error('a new home has an admin');
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: VIEWPORT, baseURL: url });
  // What runs TypeScript here names every function with it, also those that are sent into the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(admin.email);
  await page.getByLabel('Password').fill(admin.oneTimePassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/sign-in\/password/);
  const next = 'a password for the bench';
  await page.getByLabel('One-time password').fill(admin.oneTimePassword);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('New password again').fill(next);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return { browser, page };
}

/** Loads a page and waits until it hears of changes. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page
    .getByRole('status')
    .filter({ hasText: /^Live$/ })
    .waitFor();
}

/** Largest contentful paint of the page as it was last loaded, ms. */
export const lcpOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );

/** Scrolls the list for some seconds with the wheel. @returns the times between frames, ms, longest last, and rows at the end */
export async function scrollFrames(
  page: Page,
  seconds: number,
): Promise<{ frames: number[]; rows: number }> {
  const list = page.getByRole('listbox');
  await list.hover();
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (at: number) => {
      frames.push(at - last);
      last = at;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(globalThis, { benchFrames: frames });
  });
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(30);
  }
  const frames = await page.evaluate(
    () => (globalThis as unknown as { benchFrames: number[] }).benchFrames,
  );
  const rows = await list
    .getByRole('option')
    .first()
    .getAttribute('aria-setsize')
    .then((size) => Number(size));
  return { frames: frames.slice(1).sort((a, b) => a - b), rows };
}

/** What has to stand on the page: an element with this text in it, if a text is named. */
export interface Sight {
  readonly selector: string;
  readonly text?: string;
  /** Every element of the selector has to have the text. */
  readonly every?: boolean;
}

/** From the next key press to the frame after a sight stands on the page, as the page itself saw both, in ms. */
export async function fromKeyTo(
  page: Page,
  press: () => Promise<void>,
  sight: Sight,
): Promise<number> {
  await page.evaluate(({ selector, text = '', every = false }) => {
    const holds = () => {
      const found = [...document.querySelectorAll(selector)];
      const has = ({ textContent }: Element) => textContent.includes(text);
      return found.length > 0 && (every ? found.every(has) : found.some(has));
    };
    const seen = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`never seen: ${selector} with ${text}`)), 15_000);
      const onKey = ({ timeStamp }: KeyboardEvent) => {
        const observer = new MutationObserver(() => {
          if (!holds()) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - timeStamp));
        });
        const all = { subtree: true, childList: true, characterData: true, attributes: true };
        observer.observe(document.body, all);
      };
      document.addEventListener('keydown', onKey, { once: true, capture: true });
    });
    Object.assign(globalThis, { benchSeen: seen });
  }, sight);
  await press();
  return page.evaluate(() => (globalThis as unknown as { benchSeen: Promise<number> }).benchSeen);
}

/** When a sight stands on the page, in ms since the epoch by the page's clock. Call before what brings it about. */
export async function whenSeen(page: Page, sight: Sight): Promise<() => Promise<number>> {
  await page.evaluate(({ selector, text = '' }) => {
    const seen = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`never seen: ${selector} with ${text}`)), 15_000);
      const look = () => {
        const list = document.querySelector('[role="listbox"]');
        // New calls go to the end, where a list of any length draws them.
        if (list !== null) list.scrollTop = list.scrollHeight;
        const found = [...document.querySelectorAll(selector)];
        if (!found.some(({ textContent }) => textContent.includes(text))) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true });
    });
    Object.assign(globalThis, { benchSeenAt: seen });
  }, sight);
  return () =>
    page.evaluate(() => (globalThis as unknown as { benchSeenAt: Promise<number> }).benchSeenAt);
}
