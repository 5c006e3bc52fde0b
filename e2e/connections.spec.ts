import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { exportJWK, generateKeyPair } from 'jose';
import { expect, test } from './fixtures';
import { tabTo } from './fixtures/focus';
import { untilLive } from './fixtures/screens';

/** Nothing wrong and nothing beside the page, wide and narrow. */
async function expectSound(page: Page, where: string): Promise<void> {
  for (const width of [390, 1_440]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
    expect.soft(found, `${where} at ${width}`).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${where} at ${width}`).toBeLessThanOrEqual(0);
  }
}

/** Reaches a control with Tab and presses Enter. */
async function press(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

/** Reaches a field with Tab and types into it, in the place of what stands there. */
async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Serves a set of keys, and nothing else. */
async function serveKeys() {
  const { publicKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] });
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/jwks' ? 200 : 404;
    response.end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

test('an admin believes an issuer, says who its subject is, sees its keys fail, and believes it no longer, without a mouse', async ({
  agent,
  login,
  mark,
}) => {
  test.setTimeout(120_000);
  const asker = await agent();
  const provider = await serveKeys();
  const { page } = await login('admin');
  try {
    await page.goto('/default/settings?tab=connections');
    await untilLive(page);
    const panel = page.getByRole('region', { name: 'Identity issuers' });
    const dialog = page.getByRole('dialog');
    const add = panel.getByRole('button', { name: 'Add an issuer' });
    await expect(panel).toContainText('No issuer is believed yet');
    await expectSound(page, 'no connection');

    await press(page, add);
    await expect(dialog.getByRole('combobox', { name: 'Kind' })).toBeFocused();
    const name = `IdP ${mark}`;
    const issuer = dialog.getByRole('textbox', { name: 'Issuer' });
    await type(page, dialog.getByRole('textbox', { name: 'Name' }), name);
    await type(page, issuer, 'not an address');
    await type(
      page,
      dialog.getByRole('textbox', { name: 'Address of the keys' }),
      `${provider.url}/jwks`,
    );
    await page.keyboard.press('Enter');
    // What the server refuses stands at the field, and the field has the focus.
    await expect(issuer).toBeFocused();
    await expect(issuer).toHaveAccessibleDescription(/Must be a web address/);
    await expectSound(page, 'an issuer that is refused');
    await type(page, issuer, provider.url);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(add).toBeFocused();

    const row = panel.getByRole('listitem').filter({ hasText: name }).first();
    await expect(row).toContainText('not needed yet since this console started');
    await expect(row).toContainText('its identities sign nobody in');
    await press(page, row.getByRole('button', { name: 'Read its keys now' }));
    await expect(row).toContainText('1 key, read');

    await press(page, row.getByRole('button', { name: 'Add a subject…' }));
    await page.keyboard.type('crm-worker');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Choose the agent.')).toBeVisible();
    await type(page, dialog.getByRole('searchbox', { name: 'Agent' }), asker.name);
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Choose another')).toBeFocused();
    await press(page, dialog.getByRole('button', { name: 'Add the subject' }));
    await expect(dialog).toHaveCount(0);
    await expect(row).toContainText('1 subject stands for an agent');
    await expect(row).toContainText(`crm-worker is ${asker.name}`);

    await press(page, row.getByRole('button', { name: 'Change…' }).first());
    await type(
      page,
      dialog.getByRole('textbox', { name: 'Address of the keys' }),
      `${provider.url}/gone`,
    );
    await expect(dialog).toContainText(
      'agents that signed in with its 1 subject have to sign in again',
    );
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await press(page, row.getByRole('button', { name: 'Read its keys now' }));
    await expect(row).toContainText('answered with status 404');
    await expect(row).toContainText('its keys cannot be read');
    await expectSound(page, 'an issuer whose keys fail');

    await press(page, row.getByRole('button', { name: 'Remove…' }));
    await expect(dialog).toContainText('1 agent can no longer sign in with it');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(row.getByRole('button', { name: 'Remove…' })).toBeFocused();
    await page.keyboard.press('Enter');
    await press(page, dialog.getByRole('button', { name: `Remove ${name}` }));
    await expect(panel).toContainText('No issuer is believed yet');
    // What had the focus is gone with the row: it goes on beside it.
    await expect(add).toBeFocused();
  } finally {
    await provider.stop();
  }
});

test('an admin gives a build its secret, pauses it, changes the secret and removes it, without a mouse', async ({
  agent,
  login,
  mark,
}) => {
  test.setTimeout(120_000);
  const asker = await agent();
  const { page } = await login('admin');
  await page.goto('/default/settings?tab=connections');
  await untilLive(page);
  const panel = page.getByRole('region', { name: 'Evidence sources' });
  const dialog = page.getByRole('dialog');
  const name = `build-${mark}`;
  const row = panel.getByRole('listitem').filter({ hasText: name });
  const deliver = async (address: string, secret: string, id: string) => {
    const body = JSON.stringify({ id, agent: asker.id, result: 'passed' });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const answer = await fetch(address, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
    return answer.status;
  };
  const shownSecret = () =>
    dialog
      .locator('code')
      .filter({ hasText: /^[0-9a-f]{64}$/ })
      .innerText();

  await press(page, panel.getByRole('button', { name: 'Add a source' }));
  await expect(dialog.getByRole('combobox', { name: 'What it sends' })).toBeFocused();
  await page.keyboard.type('results');
  await type(page, dialog.getByRole('textbox', { name: 'Name' }), name);
  await type(page, dialog.getByRole('spinbutton', { name: 'Weight, in percent' }), '50');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('is shown once');
  const first = await shownSecret();
  const address = await dialog.locator('code').filter({ hasText: '/api/v1/intake/ci' }).innerText();
  await expectSound(page, 'a secret that is shown once');
  await press(page, dialog.getByRole('button', { name: 'I have copied it' }));
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(first);

  expect(await deliver(address, first, 'one')).toBe(202);
  await page.reload();
  await expect(row).toContainText('1 of at most 10,000 items');
  await expect(row).toContainText('50 %');

  await press(page, row.getByRole('button', { name: 'Pause…' }));
  await press(page, dialog.getByRole('button', { name: 'Pause it' }));
  await expect(row).toContainText('paused');
  expect(await deliver(address, first, 'two')).toBe(429);
  await press(page, row.getByRole('button', { name: 'Let it go on' }));
  await expect(row.getByRole('button', { name: 'Pause…' })).toBeVisible();
  await expect(row).toContainText('1 item: beyond the limit, while paused, or wrong');

  await press(page, row.getByRole('button', { name: 'New secret…' }));
  await press(page, dialog.getByRole('button', { name: 'Make a new secret' }));
  await expect(dialog).toContainText('is shown once');
  const second = await shownSecret();
  await press(page, dialog.getByRole('button', { name: 'I have copied it' }));
  expect([await deliver(address, first, 'three'), await deliver(address, second, 'four')]).toEqual([
    202, 202,
  ]);
  await expect(row).toContainText('the one before counts until');
  await expectSound(page, 'a source with a new secret');

  // The same name again is refused at the name.
  await press(page, panel.getByRole('button', { name: 'Add a source' }));
  await page.keyboard.type('results');
  const again = dialog.getByRole('textbox', { name: 'Name' });
  await type(page, again, name);
  await page.keyboard.press('Enter');
  await expect(again).toBeFocused();
  await expect(again).toHaveAccessibleDescription(/There is a source of this name/);
  await page.keyboard.press('Escape');

  await press(page, row.getByRole('button', { name: 'Remove…' }));
  await expect(dialog).toContainText('deliveries to its address are refused');
  await press(page, dialog.getByRole('button', { name: `Remove ${name}` }));
  await expect(dialog).toHaveCount(0);
  await expect(row).toHaveCount(0);
  expect(await deliver(address, second, 'five')).toBe(401);
});

test('a manager sees whom the workspace believes and who may change it, and reads its access model', async ({
  admin,
  login,
}) => {
  const { page } = await login('manager');
  await page.goto('/default/settings?tab=connections');
  const issuers = page.getByRole('region', { name: 'Identity issuers' });
  await expect(issuers).toContainText('Only an admin of the workspace changes this.');
  await expect(page.getByRole('button', { name: /^Add an? / })).toHaveCount(0);

  await page.goto('/default/settings?tab=outside');
  const model = page.getByRole('region', { name: 'Access model' });
  await expect(model).toContainText('Nothing is known of subjects that are no agents');
  await expect(model).toContainText('belay -- workspace seed authzen-certification');
  const { basePolicyVersion } = await admin.get<{ basePolicyVersion: number }>(
    '/api/v1/base-policy/access-model',
  );
  const users = Array.from({ length: 60 }, (_, n) => ({ uid: { type: 'user', id: `user-${n}` } }));
  const made = await admin.post<{ version: number }>('/api/v1/base-policy/access-model', {
    policies: 'permit (principal, action, resource);',
    entities: [...users, { uid: { type: 'record', id: 'r-1' }, attrs: { status: 'active' } }],
    reason: 'A journey',
    basedOn: basePolicyVersion,
  });
  try {
    await page.reload();
    await expect(model).toContainText('61 entities, 2 types');
    await expect(model).toContainText('1 to 50 of 61 entities');
    await press(page, model.getByRole('button', { name: 'Next page' }));
    await expect(model).toContainText('51 to 61 of 61 entities');
    await type(page, model.getByRole('searchbox', { name: 'Find an entity' }), 'ACTIVE');
    await expect(model).toContainText('1 to 1 of 1 entities');
    await expect(model.getByRole('row', { name: /r-1/ })).toBeVisible();
    await page.keyboard.type(' nothing of the kind');
    await press(page, model.getByRole('button', { name: 'Clear filters' }));
    await expect(model).toContainText('1 to 50 of 61 entities');
    await expectSound(page, 'an access model');
  } finally {
    await admin.post('/api/v1/base-policy/access-model', {
      policies: '',
      entities: [],
      reason: 'The journey is over',
      basedOn: made.version,
    });
  }
});
