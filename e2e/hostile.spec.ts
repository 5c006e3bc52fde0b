import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { CONFIRM_GUARD_MS } from '@/components/approvals/shortcuts';
import { expect, test } from './fixtures';
import { HOSTILE_CALLS, nested } from './fixtures/hostile-calls';
import { openCall, queueRow, untilLive } from './fixtures/screens';

const TOOL = {
  name: 'journey.hostile',
  description: 'Takes whatever it is given.',
  sideEffect: 'write',
  reversible: true,
  egress: false,
  dataClass: 'internal',
  untrustedOutput: false,
  risk: 'medium',
  tags: [],
};
/** Wide, and in the hand. */
const WIDTHS = [1440, 390];
/** What could load something, or lead somewhere. */
const ACTIVE =
  'img, image, iframe, object, embed, video, audio, script, style, form, a[href*="outside"]';

for (const call of HOSTILE_CALLS) {
  test(`nothing is hidden, loaded or lost in a call with ${call.name}`, async ({
    admin,
    agent,
    login,
    url,
  }, info) => {
    await admin.post('/api/v1/tools', TOOL);
    const { context } = await (
      await agent()
    ).client.evaluate({
      action: { name: TOOL.name, properties: { arguments: { ...call.arguments } } },
      resource: { type: 'thing', id: call.resourceId ?? 't-1' },
    });
    const { page } = await login('reviewer');
    const outside: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) outside.push(request.url());
    });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/default/approvals/${context.approval?.id}`);
      await untilLive(page);
      const executed = openCall(page).getByRole('region', { name: 'What would be executed' });
      for (const text of call.shows) await expect(executed).toContainText(text);
      await expect(executed.locator(ACTIVE)).toHaveCount(0);
      await expect(page.getByRole('button', { name: /^Approve/ }).first()).toBeInViewport();
      expect(await overflow(page), `at ${width}`).toBe(0);
      expect(await hiddenLeft(page)).toEqual([]);
      if (call.harmless) await expect(executed).toContainText('nothing in them that stands out');
      await page.screenshot({ path: info.outputPath(`${width}.png`) });
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(outside).toEqual([]);
  });
}

test('arguments nested a thousand levels deep are refused in a sentence, and nothing waits', async ({
  admin,
  agent,
}) => {
  await admin.post('/api/v1/tools', TOOL);
  const asker = await agent();
  const asked = asker.client.evaluate({
    action: { name: TOOL.name, properties: { arguments: { a: nested(1_000, 'deep') } } },
    resource: { type: 'thing', id: 't-1' },
  });
  await expect(asked).rejects.toMatchObject({ code: 'nested_too_deep' });
  expect(
    (await admin.get<{ items: unknown[] }>(`/api/v1/approvals?agent=${asker.id}`)).items,
  ).toEqual([]);
});

const PAYOUT = { ...TOOL, name: 'journey.payout' };
const TRIVIAL = 50;
/** Each differs from the trivial ones in one value alone, which has the shape of theirs. */
const AMONG_TRIVIAL = [
  { order: 'C-1901', amount: 12, account: 'A-6666' },
  { order: 'C-1902-and-all-others', amount: 12, account: 'A-7731' },
  { order: 'C-1903', amount: 4_000_000, account: 'A-7731' },
];

test('a dangerous request behind fifty trivial ones stands apart from them', async ({
  admin,
  agent,
  login,
}, info) => {
  await admin.post('/api/v1/tools', PAYOUT);
  const asker = await agent();
  const ask = async (args: Record<string, string | number>) => {
    const { context } = await asker.client.evaluate({
      action: { name: PAYOUT.name, properties: { arguments: args } },
      resource: { type: 'order', id: 'C-1000' },
    });
    expect(context.outcome, JSON.stringify(context.reasons)).toBe('require_approval');
    return context.id;
  };
  const trivial: string[] = [];
  for (let n = 0; n < TRIVIAL; n += 1)
    trivial.push(await ask({ order: `C-${1001 + n}`, amount: 10 + n, account: 'A-7731' }));
  const dangerous: string[] = [];
  for (const args of AMONG_TRIVIAL) dangerous.push(await ask(args));

  const { page } = await login('reviewer');
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  const rows = queueRow(page, asker.name);
  await expect(rows).toHaveCount(1 + AMONG_TRIVIAL.length);
  await expect(rows.filter({ hasText: 'alike' })).toHaveCount(1);
  await expect(rows.first()).toContainText(`${TRIVIAL} alike`);
  await rows.first().click();
  await openCall(page)
    .getByRole('button', { name: `${TRIVIAL} like this` })
    .click();

  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('checkbox')).toHaveCount(TRIVIAL);
  for (const value of ['A-6666', 'and-all-others', '4000000'])
    await expect(sheet).not.toContainText(value);
  // What was not on the screen is not approved, neither with the pointer nor with keys.
  const approve = sheet.getByRole('button', { name: `Approve ${TRIVIAL}…` });
  await expect(approve).toBeDisabled();
  await expect(sheet).toContainText(/\d+ lines have not been on the screen yet\./);
  await inBothThemes(page, info.outputPath('sheet'));
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await overflow(page)).toBe(0);
  await inBothThemes(page, info.outputPath('phone'));
  await page.setViewportSize({ width: 1440, height: 900 });
  const next = sheet.getByRole('button', { name: 'Show the next' });
  await expect(async () => {
    if (await next.isVisible()) await next.press('Enter', { timeout: 1_000 });
    await expect(approve).toBeEnabled({ timeout: 500 });
  }).toPass();
  await expect(sheet).toContainText('Every line was on the screen.');
  await approve.click();
  await expect(sheet).toContainText(`Let ${TRIVIAL} calls run, each exactly once?`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await inBothThemes(page, info.outputPath('confirm'));
  await page.waitForTimeout(CONFIRM_GUARD_MS + 50);
  await page.keyboard.press('a');
  await expect(sheet).toContainText(`${TRIVIAL} approved`);
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  const states = async (ids: readonly string[]) =>
    new Set(
      (await Promise.all(ids.map((id) => asker.client.wait(id, 0)))).map(({ state }) => state),
    );
  expect(await states(trivial)).toEqual(new Set(['approved']));
  expect(await states(dangerous)).toEqual(new Set(['pending']));
  await rows.filter({ hasText: 'C-1000' }).last().click();
  await expect(openCall(page)).toContainText('4000000');
  await expect(openCall(page).getByRole('button', { name: /like this/ })).toHaveCount(0);
  await inBothThemes(page, info.outputPath('apart'));
});

/** Pictures of the page as it stands, for people to look at. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: `${name}-${scheme}.png`, animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Texts and labels of the page in which a character stands that nobody can see, or that turns what is around it. */
function hiddenLeft(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hidden =
      /[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\u{e0000}-\u{e007f}]/u;
    const labels = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap(
      (element) => ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...labels].filter(
      (text): text is string => text !== null && hidden.test(text),
    );
  });
}

/** CSS pixels by which the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
