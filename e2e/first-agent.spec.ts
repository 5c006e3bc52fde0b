import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { AgentClient } from '@/lib/client/agent-client';
import { expect, test } from './fixtures';
import { untilLive } from './fixtures/screens';

test('a manager registers the first agent in the browser, and the page notices its first call', async ({
  login,
  admin,
  mark,
  url,
}) => {
  const { page } = await login('manager');
  await page.goto('/default/agents/new');
  await untilLive(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`first-${mark}`);
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Looks up orders.');
  await page.getByRole('textbox', { name: 'Tool 1', exact: true }).fill('orders.search');
  await page.getByRole('button', { name: 'Register this agent' }).click();
  await expect(page.getByRole('heading', { name: `Connect first-${mark}` })).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save agent-key.json' }).click();
  const privateKey = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as JWK;
  expect(privateKey).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
  const { items } = await admin.get<{ items: { id: string; name: string }[] }>(
    `/api/v1/agents?q=first-${mark}`,
  );
  const agentId = items.find((agent) => agent.name === `first-${mark}`)?.id ?? '';
  await expect(page.getByText(`Waiting for first-${mark} to call.`)).toBeVisible();

  const client = new AgentClient({ url, agentId, privateKey });
  const { context } = await client.evaluate({
    action: { name: 'orders.search', properties: { arguments: { customer: 'c-1' } } },
    resource: { type: 'orders', id: 'all' },
  });
  expect(context.outcome).toBe('allow');
  await expect(page.getByText('The call arrived')).toBeVisible();
  await page.getByRole('link', { name: `Open first-${mark}` }).click();
  await expect(page.getByRole('heading', { name: `first-${mark}` })).toBeVisible();
  await admin.post(`/api/v1/agents/${agentId}/revoke`, { reason: 'The journey is over' });
});

test('the private half of a key is refused where the public one belongs', async ({
  login,
  admin,
  mark,
}) => {
  const { page } = await login('manager');
  await page.goto('/default/agents/new');
  await untilLive(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`leaky-${mark}`);
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Looks up orders.');
  await page.getByRole('textbox', { name: 'Tool 1', exact: true }).fill('orders.search');
  await page.getByText('I have a public key').click();
  const secret = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), d: 'B'.repeat(43) };
  await page.getByRole('textbox', { name: 'Public key (JWK)' }).fill(JSON.stringify(secret));
  await page.getByRole('button', { name: 'Register this agent' }).click();
  await expect(page.getByText(/private/).last()).toBeVisible();
  const { items } = await admin.get<{ items: unknown[] }>(`/api/v1/agents?q=leaky-${mark}`);
  expect(items).toEqual([]);
});

test('a viewer is told who may register agents', async ({ login }) => {
  const { page } = await login('viewer');
  await page.goto('/default/agents/new');
  await expect(page.getByRole('button', { name: 'Register this agent' })).toHaveCount(0);
  await expect(page.getByText(/manager/i).first()).toBeVisible();
});
