import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { HOSTILE_CALLS, nested } from './fixtures/hostile-calls';
import { openCall, untilLive } from './fixtures/screens';

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
      if (call.harmless) await expect(executed).toContainText('none of them marked');
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
