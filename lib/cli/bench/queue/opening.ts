/** How the page comes up: when its largest part stands, and whether frames are held up while it comes to life. */
import type { Page } from '@playwright/test';
import { lcpOf, visit } from './browser';

/** Frames are looked at until this long after the page has heard that it is live (ms). */
const AFTER_MS = 1_500;
/** Frames are written down for so long after a page was asked for (ms). */
const WATCHED_MS = 15_000;

type Frame = readonly [at: number, sinceLast: number];
type Watched = typeof globalThis & { benchOpening: Frame[] };

/** From now on each page that is opened writes its frames down. */
export async function watchOpening(page: Page): Promise<void> {
  await page.addInitScript((watchedMs) => {
    const frames: Frame[] = [];
    (globalThis as Watched).benchOpening = frames;
    let last = 0;
    const next = (at: number) => {
      frames.push([at, at - last]);
      last = at;
      if (at < watchedMs) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }, WATCHED_MS);
}

export interface Opening {
  /** Largest contentful paint, ms since the page was asked for. */
  readonly paintMs: number;
  /** Times between frames, ms, from the first paint that shows something. */
  readonly frames: readonly number[];
}

/** Opens a page whose frames are watched. */
export async function openPage(page: Page, path: string): Promise<Opening> {
  await visit(page, path);
  await page.waitForTimeout(AFTER_MS);
  const frames = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const from = paint?.startTime ?? 0;
    // A frame that began before the first paint held up nothing anybody could see.
    return (globalThis as Watched).benchOpening
      .filter(([at, sinceLast]) => at - sinceLast >= from)
      .map(([, sinceLast]) => sinceLast);
  });
  return { paintMs: await lcpOf(page), frames };
}
