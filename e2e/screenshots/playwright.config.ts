import { defineConfig } from '@playwright/test';
import config from '../../playwright.config';

/** `npm run screenshots`: every page as people see it, into screenshots/, with a Belay of its own. */
export default defineConfig({
  ...config,
  testDir: '.',
  projects: undefined,
  testMatch: 'take.ts',
  outputDir: '../../test-results/screenshots',
});
