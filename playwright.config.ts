import { defineConfig } from '@playwright/test';
import { findBrowser } from './lib/cli/bootstrap/browser.mjs';

const executablePath = findBrowser();
// Chromium's sandbox does not work for root; background traffic only slows a test machine down.
const AS_ROOT = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** Journeys against the built app with a PostgreSQL of its own; see e2e/server.ts. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/server.ts',
  forbidOnly: true,
  fullyParallel: false,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? AS_ROOT : [],
    },
  },
});
