import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_SWITCHES } from './e2e/chromium-switches';
import { findBrowser } from './lib/cli/bootstrap/browser.mjs';

const executablePath = findBrowser();
// A journey with its server, its database and its browser keeps about one processor busy.
const WORKERS = Math.min(Math.max(1, availableParallelism()), 4);

/** Journeys against the built app; each worker has a Belay of its own, see e2e/fixtures/belay.ts. */
export default defineConfig({
  testDir: 'e2e',
  // The longest file begins: at the end, one worker would walk it while the others have nothing left.
  projects: [
    { name: 'pages', testMatch: 'pages.spec.ts' },
    { name: 'journeys', testMatch: '*.spec.ts', testIgnore: 'pages.spec.ts' },
  ],
  forbidOnly: true,
  fullyParallel: false,
  retries: 0,
  workers: WORKERS,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // Pictures of every frame take a third of a browser's time; the page itself is in the trace, and a picture of the end.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CHROMIUM_SWITCHES],
    },
  },
});
