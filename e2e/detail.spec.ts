import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Json, ToolInput } from '@/lib/contracts';
import { askForRefund, expect, test, type ConsoleCaller, type RegisteredAgent } from './fixtures';
import { openCall as shownCall, untilLive } from './fixtures/screens';

const tool = (name: string): ToolInput => ({
  name,
  description: 'A tool of the journeys.',
  sideEffect: 'write',
  reversible: true,
  egress: false,
  dataClass: 'internal',
  untrustedOutput: false,
  risk: 'medium',
  tags: [],
});

/** @returns the id of the approval that waits */
async function ask(
  { admin, agent, session }: { admin: ConsoleCaller; agent: RegisteredAgent; session?: string },
  name: string,
  args: Record<string, Json>,
): Promise<string> {
  await admin.post('/api/v1/tools', tool(name));
  const { context } = await agent.client.evaluate({
    action: { name, properties: { arguments: args } },
    resource: { type: 'thing', id: 't-1' },
    ...(session === undefined ? {} : { context: { session } }),
  });
  if (context.approval === undefined) throw new Error(`Nothing waits: ${context.outcome}`);
  return context.approval.id;
}

async function openCall(page: Page, id: string) {
  await page.goto(`/default/approvals/${id}`);
  await untilLive(page);
  return page.getByRole('region', { name: 'What would be executed' });
}

test('a statement of ten thousand lines cannot hide its end, and can be searched', async ({
  admin,
  agent,
  login,
}) => {
  const sql = `${"INSERT INTO log VALUES ('DROP');\n".repeat(4_000)}DROP TABLE customers`;
  const id = await ask({ admin, agent: await agent() }, 'journey.query', { sql });
  const { page } = await login('reviewer');
  const executed = await openCall(page, id);
  await expect(executed).toContainText('4,001 statements are sent at once.');
  await expect(executed.getByRole('listitem').first()).toBeInViewport();
  await expect(executed).toContainText('line 4,001');
  await expect(executed).toContainText('DROP removes it for good.');
  await expect(executed.locator('[data-sql="warned"]', { hasText: 'DROP' })).toHaveCount(1);

  await executed.getByRole('searchbox', { name: 'Find in the arguments' }).fill('table cust');
  await expect(executed.getByRole('status')).toContainText('1 place in 1 of 1 value');
  await expect(executed.locator('mark')).toHaveText('TABLE cust');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id: rule }) => rule)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(executed.locator('[data-sql="warned"]', { hasText: 'DROP' })).toBeVisible();
});

test('an e-mail loads nothing, links nowhere and hides no character', async ({
  admin,
  agent,
  login,
}) => {
  const id = await ask({ admin, agent: await agent() }, 'journey.mail', {
    to: 'ann@journeys.example',
    subject: 'Hi',
    body: '<img src="https://outside.example/p.png"> [here](https://outside.example) \u202etxt.exe',
    track: true,
  });
  const { page } = await login('reviewer');
  const outside: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('outside.example')) outside.push(request.url());
  });
  const executed = await openCall(page, id);
  await expect(executed).toContainText('right-to-left override U+202E');
  await expect(executed).toContainText('<img src=');
  await expect(executed.locator('img, a[href*="outside"]')).toHaveCount(0);
  await expect(executed).toContainText('Also sent');
  await expect(executed).toContainText('track');
  expect(outside).toEqual([]);

  await executed.getByText('Fields', { exact: true }).click();
  await expect(executed).not.toContainText('Also sent');
  await expect(executed).toContainText('track');
});

test('the detail says what changed since the last like it, and what the session did before', async ({
  admin,
  agent,
  login,
}) => {
  const payer = await agent();
  const { id: session } = await payer.client.openSession({ request: 'Pay invoice 7.' });
  const asking = { admin, agent: payer, session };
  const first = await ask(asking, 'journey.pay', { amount: 10, currency: 'EUR', to: 'XX12' });
  const { page, person } = await login('reviewer');
  await person.api.post(`/api/v1/approvals/${first}/approve`, {
    digest: (await person.api.get<{ digest: string }>(`/api/v1/approvals/${first}`)).digest,
  });
  const next = await ask(asking, 'journey.pay', { amount: 10, currency: 'EUR', to: 'XX98' });
  await openCall(page, next);
  const compared = page.getByRole('region', { name: 'Compared with the last like it' });
  await expect(compared.getByRole('listitem')).toHaveText([/to.*then.*XX12.*now.*XX98.*changed/]);
  const earlier = page.getByRole('region', { name: 'Earlier in this session' });
  await expect(earlier.getByRole('listitem')).toHaveText([/journey\.pay.*Approved/]);
  await earlier.getByRole('link', { name: 'journey.pay' }).click();
  await expect(page).toHaveURL(new RegExp(`agents/${payer.id}\\?.*decision=`));
});

test('of a long conversation the newest stands there, and what was before on request', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { page, person } = await login('reviewer');
  const { approval } = await askForRefund(asker, '4599', 20);
  for (let n = 1; n <= 26; n += 1)
    await person.api.post(`/api/v1/approvals/${approval?.id}/comment`, { body: `Note ${n} of 26` });
  await page.goto(`/approvals?item=${approval?.id}`);
  await untilLive(page);
  const thread = shownCall(page).getByRole('region', { name: /^Comments/ });
  await expect(thread.getByRole('listitem')).toHaveCount(20);
  await expect(thread).not.toContainText('Note 6 of 26');
  await thread.getByRole('button', { name: 'Show earlier comments' }).click();
  await expect(thread.getByRole('listitem')).toHaveCount(26);
  await expect(thread.getByRole('listitem').first()).toContainText('Note 1 of 26');
  await expect(thread.getByRole('button', { name: 'Show earlier comments' })).toHaveCount(0);
  await expect(thread.getByRole('list')).toBeFocused();
  // What is written from now on joins them.
  await person.api.post(`/api/v1/approvals/${approval?.id}/comment`, { body: 'One more' });
  await expect(thread.getByRole('listitem')).toHaveCount(27);
  await expect(thread.getByRole('listitem').last()).toContainText('One more');
});
