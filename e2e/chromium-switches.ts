/**
 * Parts of Chromium that Playwright switches off. Of two lists Chromium takes the last alone, so ours repeats this one:
 * `disabledFeatures` of playwright-core 1.65, without what is for Windows, macOS or Edge.
 */
const OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/**
 * Two pages that Chromium keeps ready below its address bar, which no journey has: with each new browser context they
 * cost a second process and 0.8 s of processor time.
 */
const OFF_FOR_JOURNEYS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** Chromium's sandbox does not work for root. */
const FOR_ROOT = ['--no-sandbox', '--disable-gpu'];

/** How the journeys start Chromium. Background traffic only slows a test machine down. */
export const CHROMIUM_SWITCHES: readonly string[] = [
  '--disable-background-networking',
  `--disable-features=${[...OFF_BY_PLAYWRIGHT, ...OFF_FOR_JOURNEYS].join(',')}`,
  ...(process.getuid?.() === 0 ? FOR_ROOT : []),
];
