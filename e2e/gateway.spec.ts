import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Page } from '@playwright/test';
import type { ApiKey } from '@/lib/contracts';
import { childEnvironment } from '@/lib/env';
import { expect, test } from './fixtures';
import { approveByKeyboard } from './fixtures/keyboard';
import { ending, openCall, queueRow, untilLive } from './fixtures/screens';

const FILES = join(
  dirname(
    createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json'),
  ),
  'dist/index.js',
);
const ODD = join(import.meta.dirname, '../lib/gateway/testing/odd-server.mjs');

let folder: string;
let client: Client | undefined;

test.beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'belay-journey-')));
});
test.afterEach(async () => {
  await client?.close();
  client = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** What a desktop program does with its configuration: it starts the gateway and talks to it. */
async function connect(url: string, key: string, agent: string): Promise<Client> {
  const config = join(folder, 'gateway.json');
  const node = process.execPath;
  const upstreams = {
    files: { command: node, args: [FILES, folder] },
    odd: { command: node, args: [ODD], env: { ODD_LOG: join(folder, 'odd.log') } },
  };
  const serve = { stdio: { agent } };
  const belay = { url, key: { env: 'BELAY_KEY' } };
  writeFileSync(config, JSON.stringify({ belay, serve, tools: { recheckSeconds: 0 }, upstreams }));
  const variables = Object.entries(childEnvironment({ BELAY_KEY: key }));
  const env = Object.fromEntries(
    variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  const args = ['--import', 'tsx', 'lib/cli/main.ts', 'gateway', '--config', config];
  client = new Client({ name: 'desktop', version: '1' });
  await client.connect(new StdioClientTransport({ command: node, args, env, stderr: 'ignore' }));
  return client;
}

async function call(
  name: string,
  args: Record<string, unknown>,
): Promise<{ text: string; failed: boolean }> {
  const result = await client!.callTool({ name, arguments: args });
  const texts = result.content.map((item) => (item.type === 'text' ? item.text : ''));
  return { text: texts.join('\n'), failed: result.isError === true };
}

/** A manager reads what the server says, and says what the tool does. */
async function confirm(
  page: Page,
  tool: string,
  effect: 'only reads' | 'makes changes',
  risk: string,
): Promise<void> {
  await page.getByRole('button', { name: `Look at ${tool}`, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'What a call does' }).selectOption({ label: effect });
  await dialog.getByRole('combobox', { name: 'Risk of a call' }).selectOption({ label: risk });
  await dialog.getByRole('checkbox', { name: 'It reaches outside' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'What it does can be undone' }).check();
  await dialog.getByRole('button', { name: 'Confirm this definition' }).click();
  await expect(dialog).toBeHidden();
}

test('behind the gateway a read passes, a write waits for the browser, a kill ends a call and a changed tool is stopped', async ({
  admin,
  agent,
  login,
  url,
}) => {
  const asker = await agent();
  const { key } = await admin.post<ApiKey & { key: string }>('/api/v1/api-keys', {
    name: 'gateway of the journey',
    role: 'gateway',
  });
  await connect(url, key, asker.id);
  const manager = await login('manager');
  await manager.page.goto('/default/tools');
  await untilLive(manager.page);
  await expect(manager.page.getByText('files.read_text_file', { exact: true })).toBeVisible();
  await confirm(manager.page, 'files.read_text_file', 'only reads', 'low');
  await confirm(manager.page, 'files.write_file', 'makes changes', 'medium');
  await confirm(manager.page, 'odd.hang', 'only reads', 'low');
  await confirm(manager.page, 'odd.change', 'only reads', 'low');
  await confirm(manager.page, 'odd.echo', 'only reads', 'low');
  await expect(manager.page.getByText(`by ${manager.person.name}`).first()).toBeVisible();

  writeFileSync(join(folder, 'note.txt'), 'Call Ada back.');
  expect(await call('files.read_text_file', { path: join(folder, 'note.txt') })).toEqual({
    text: 'Call Ada back.',
    failed: false,
  });

  const { page } = await login('reviewer');
  await page.goto('/approvals');
  await untilLive(page);
  const path = join(folder, 'answer.txt');
  const write = call('files.write_file', { path, content: 'Done.' });
  await expect(queueRow(page, asker.name)).toBeVisible();
  await page.keyboard.press('j');
  const detail = openCall(page);
  await expect(detail).toContainText('answer.txt');
  expect(() => readFileSync(path)).toThrow();
  await approveByKeyboard(page, detail);
  await expect(ending(page, 'Approved')).toBeVisible();
  expect((await write).failed).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('Done.');

  await call('odd.change', {});
  const stopped = await call('odd.echo', {});
  expect(stopped.failed).toBe(true);
  expect(stopped.text).toContain('describes it otherwise');
  await expect(manager.page.getByText('changed: calls are stopped')).toBeVisible();
  await manager.page.getByRole('button', { name: 'Look at odd.echo', exact: true }).click();
  const changes = manager.page.getByRole('region', { name: 'What changed' });
  await expect(changes).toContainText('tells everybody');
  await manager.page.getByRole('button', { name: 'Confirm this definition' }).click();
  await expect(manager.page.getByText('changed: calls are stopped')).toBeHidden();
  expect((await call('odd.echo', {})).failed).toBe(false);

  const hanging = call('odd.hang', {});
  await expect.poll(() => readFileSync(join(folder, 'odd.log'), 'utf8')).toContain('call hang');
  const { id } = await admin.post<{ id: string }>('/api/v1/kill-switches', {
    scope: { type: 'agent', value: asker.id },
    mode: 'halt',
    reason: 'The journey stops it',
  });
  const killed = await hanging;
  expect(killed.text).toContain('stopped while it ran');
  expect(killed.text).toContain('The journey stops it');
  expect((await call('odd.echo', {})).failed).toBe(true);
  await admin.post(`/api/v1/kill-switches/${id}/release`, { reason: 'The journey is over' });
});

test('a secret of a tool is added, replaced and removed in Settings, and its value is nowhere on the page', async ({
  login,
  mark,
}) => {
  const { page } = await login('admin');
  await page.goto('/default/settings?tab=secrets');
  await untilLive(page);
  const name = `KEY_${mark.replace(/\W/g, '')}`;
  await page.getByRole('button', { name: 'Add a secret' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByLabel('What it holds').fill('swordfish-one');
  await dialog.getByRole('button', { name: 'Add the secret' }).click();
  await expect(page.getByText(name, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Replace…' }).click();
  await dialog.getByLabel('What it holds').fill('swordfish-two');
  await dialog.getByRole('button', { name: 'Replace it' }).click();
  await expect(dialog).toBeHidden();
  expect(await page.content()).not.toContain('swordfish');
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(page.getByText(name, { exact: true })).toBeHidden();
});
