import type { Approval } from '@/lib/contracts';
import { closePool } from '@/lib/db';
import { askForRefund, expect, registerAgent, test } from './fixtures';
import { REFUND_TOOL } from './fixtures/agents';
import { openCall, untilLive } from './fixtures/screens';
import { runScript } from './fixtures/script';
import { otherWorkspace } from './fixtures/workspaces';

test('a manager registers the first agent in the browser, and runs what the page shows', async ({
  login,
  admin,
  mark,
}, testInfo) => {
  const { page, person } = await login('manager');
  await page.goto('/default/agents/new');
  await untilLive(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`first-${mark}`);
  await page.getByRole('textbox', { name: 'Owner' }).fill('Platform team');
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Looks up customers.');
  await page.getByRole('textbox', { name: 'Tool 1', exact: true }).fill(`customers.read.${mark}`);
  await page.getByRole('button', { name: 'Register agent' }).click();
  await expect(page.getByRole('heading', { name: `Connect first-${mark}` })).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save agent-key.json' }).click();
  await (await saving).saveAs(testInfo.outputPath('agent-key.json'));
  const savingScript = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save my-agent.mjs' }).click();
  await (await savingScript).saveAs(testInfo.outputPath('my-agent.mjs'));
  // What is shown is the whole of it, so that it can also be copied by hand.
  await expect(page.getByText('folded here')).toHaveCount(0);
  await expect(page.getByText(`Waiting for first-${mark} to call.`)).toBeVisible();

  const script = runScript('my-agent.mjs', { cwd: testInfo.outputDir });
  try {
    await expect.poll(script.said).toContain('Waits for a person');
    await expect(page.getByText('The call arrived')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open the approval' })).toHaveAttribute(
      'href',
      /approvals\/[\w-]+$/,
    );
    const approvalId = /approvals\/([\w-]+)/.exec(script.said())?.[1] ?? '';
    // Whoever registered it approves its first call, beside others who could: the five minutes of the README take one person.
    const { digest, agent } = await person.api.get<Approval>(`/api/v1/approvals/${approvalId}`);
    // The reviewer lets it read another record than it asked for.
    const edits = { id: '43' };
    await person.api.post(`/api/v1/approvals/${approvalId}/approve`, { digest, edits });
    expect(await script.ended).toBe(0);
    expect(script.said()).toContain('The decision is approved\nDone, and reported.');

    await page.getByRole('link', { name: `Open first-${mark}` }).click();
    await expect(page.getByRole('heading', { name: `first-${mark}` })).toBeVisible();
    await admin.post(`/api/v1/agents/${agent.id}/revoke`, { reason: 'The journey is over' });
  } finally {
    script.stop();
  }
  const again = runScript('my-agent.mjs', { cwd: testInfo.outputDir });
  expect(await again.ended).toBe(1);
  expect(again.said()).toMatch(/^\/oauth\/token: [^\n]+\n$/);
});

test('somebody who is alone is told that nobody could approve for an agent of their own', async ({
  url,
  browse,
  mark,
}) => {
  const alone = await otherWorkspace(url, `alone-${mark}`);
  const me = await alone.person('admin');
  await closePool();
  const { page } = await browse(me);
  await page.goto(`/${alone.slug}/agents/new`);
  await untilLive(page);
  const warning = page.getByText('You are the only reviewer here.');
  await expect(warning).toBeVisible();
  await page.getByRole('textbox', { name: 'Owner' }).fill('Platform team');
  await expect(warning).toHaveCount(0);

  // On rung 1, as nobody else is there to vouch for it, a sensitive read is what a person is asked about.
  await me.api.post('/api/v1/tools', {
    ...REFUND_TOOL,
    sideEffect: 'none',
    dataClass: 'confidential',
  });
  const asker = await registerAgent(me.api, { name: `own-${mark}`, owner: me.email, rung: 1 });
  const { approval } = await askForRefund(asker, '7100', 15);
  await page.goto(`/${alone.slug}/approvals?item=${approval?.id}`);
  await expect(openCall(page)).toContainText('Nobody else can decide here.');
  await openCall(page).getByRole('link', { name: 'Add a person' }).click();
  await expect(page.getByRole('button', { name: 'Add a person' })).toBeVisible();
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
  await page.getByRole('button', { name: 'Register agent' }).click();
  await expect(page.getByText(/private/).last()).toBeVisible();
  const { items } = await admin.get<{ items: unknown[] }>(`/api/v1/agents?q=leaky-${mark}`);
  expect(items).toEqual([]);
});

test('a viewer is told who may register agents', async ({ login }) => {
  const { page } = await login('viewer');
  await page.goto('/default/agents/new');
  await expect(page.getByRole('button', { name: 'Register agent' })).toHaveCount(0);
  await expect(page.getByText(/manager/i).first()).toBeVisible();
});
