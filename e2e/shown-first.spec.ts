import type { Locator, Page } from '@playwright/test';
import type { ToolInput } from '@/lib/contracts';
import { expect, test, type RegisteredAgent } from './fixtures';
import { REFUND_TOOL } from './fixtures/agents';
import { openCall, queueRow, untilLive } from './fixtures/screens';

/** Stands in the code that draws statements, and in none that a page begins with. */
const OF_THE_KIND = 'without WHERE: it covers every row.';

const tool = (name: string): ToolInput => ({ ...REFUND_TOOL, name });

/** Holds the code back that draws statements. @returns lets it go, as it is or not at all */
async function holdBack(page: Page): Promise<(how: 'as it is' | 'lost') => void> {
  let letGo: (how: 'as it is' | 'lost') => void = () => undefined;
  const until = new Promise<'as it is' | 'lost'>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/_next/static/chunks/**', async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes(OF_THE_KIND) && (await until) === 'lost') return route.abort();
    return route.fulfill({ response, body });
  });
  return letGo;
}

async function askForStatement(asker: RegisteredAgent): Promise<string> {
  const { context } = await asker.client.evaluate({
    action: {
      name: 'journey.sql',
      properties: { arguments: { database: 'shop', statement: 'UPDATE orders SET paid = true' } },
    },
    resource: { type: 'database', id: 'shop' },
  });
  return context.id;
}

for (const how of ['as it is', 'lost'] as const)
  test(`nothing is let run before its arguments stand on the page, whose code comes ${how}`, async ({
    admin,
    agent,
    login,
  }) => {
    await admin.post('/api/v1/tools', tool('journey.sql'));
    const asker = await agent();
    const id = await askForStatement(asker);
    const { page } = await login('reviewer');
    const letGo = await holdBack(page);
    await page.goto(`/approvals?agent=${asker.id}`);
    await untilLive(page);
    const approve = openCall(page).getByRole('button', { name: 'Approve this call' });
    await expect(approve).toHaveAttribute('aria-busy', 'true');
    await queueRow(page, asker.name).first().click();
    await page.keyboard.press('a');
    await approve.click({ force: true });
    // Rejecting needs no arguments.
    await page.keyboard.press('r');
    await expect(openCall(page).getByText('Why is this call rejected?')).toBeVisible();
    await page.keyboard.press('Escape');
    const question = page.getByRole('group', { name: 'Confirm the approval' });
    await expect(question).toHaveCount(0);
    expect((await asker.client.wait(id, 0)).state).toBe('pending');

    letGo(how);
    const text = how === 'lost' ? 'This reading could not be shown' : OF_THE_KIND;
    await expect(openCall(page).getByText(text).first()).toBeVisible();
    await expect(approve).not.toHaveAttribute('aria-busy');
    await page.keyboard.press('a');
    await expect(question).toBeVisible();
  });

async function openSheet(page: Page, asker: RegisteredAgent, count: number): Promise<Locator> {
  await page.goto(`/approvals?agent=${asker.id}`);
  await untilLive(page);
  await queueRow(page, asker.name).first().click();
  await openCall(page)
    .getByRole('button', { name: `${count} like this` })
    .click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('checkbox')).toHaveCount(count);
  return sheet;
}

/** Goes to the end of what scrolls in the sheet, and back to its beginning, without what lies between. */
async function jump(sheet: Locator): Promise<void> {
  const last = sheet.locator('[data-read]').last();
  const first = sheet.locator('[data-read]').first();
  for (const [part, block] of [
    [last, 'end'],
    [first, 'start'],
  ] as const) {
    await part.evaluate((element, to) => element.scrollIntoView({ block: to }), block);
    await expect(part).toBeInViewport();
  }
}

async function showAll(sheet: Locator): Promise<void> {
  const next = sheet.getByRole('button', { name: 'Show the next' });
  await expect(async () => {
    if (await next.isVisible()) await next.click();
    await expect(sheet).toContainText('Every line was on the screen.', { timeout: 500 });
  }).toPass();
}

test('equal values below the fold keep a group from being approved until they were on the screen', async ({
  admin,
  agent,
  login,
}) => {
  await admin.post('/api/v1/tools', tool('journey.fields'));
  const asker = await agent();
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`field${n}`, `as usual`]));
  for (const id of ['C-101', 'C-102'])
    await asker.client.evaluate({
      action: { name: 'journey.fields', properties: { arguments: { ...many, id, zz: 'and all' } } },
      resource: { type: 'customer', id },
    });
  const { page } = await login('reviewer');
  const sheet = await openSheet(page, asker, 2);
  const approve = sheet.getByRole('button', { name: 'Approve 2…' });
  await jump(sheet);
  await expect(sheet).toContainText('values of all calls have not been on the screen yet.');
  await expect(approve).toBeDisabled();
  await showAll(sheet);
  await expect(approve).toBeEnabled();
});

test('the middle of a line that is taller than the screen has to be read too', async ({
  admin,
  agent,
  login,
}) => {
  await admin.post('/api/v1/tools', tool('journey.fields'));
  const asker = await agent();
  for (const id of ['C-101', 'C-102']) {
    const { id: session } = await asker.client.openSession({
      request: `Change ${id}. ${`${id} `.repeat(700)}`,
      endUser: 'customer-1',
    });
    await asker.client.evaluate({
      action: { name: 'journey.fields', properties: { arguments: { id } } },
      resource: { type: 'customer', id },
      context: { session },
    });
  }
  const { page } = await login('reviewer');
  await page.setViewportSize({ width: 390, height: 844 });
  const sheet = await openSheet(page, asker, 2);
  await expect(sheet).toContainText('What was asked for');
  await jump(sheet);
  await expect(sheet).toContainText('2 lines have not been on the screen yet.');
  await expect(sheet.getByRole('button', { name: 'Approve 2…' })).toBeDisabled();
  await showAll(sheet);
  await expect(sheet.getByRole('button', { name: 'Approve 2…' })).toBeEnabled();
});
