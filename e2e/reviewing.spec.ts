import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  vigilanceBodySchema,
  type CanaryTemplate,
  type ToolInput,
  type Vigilance,
  type VigilanceBody,
} from '@/lib/contracts';
import { sql } from '@/lib/db';
import { tendIn } from '@/lib/services/canaries/tend';
import { drawIn } from '@/lib/services/reviews/draw-samples';
import { askForRefund, expect, test, type ConsoleCaller, type RegisteredAgent } from './fixtures';
import { openCall, queueRow, untilLive } from './fixtures/screens';

const DAY_MS = 86_400_000;
const SETTINGS = '/api/v1/reviewing/settings';

const tool = (name: string, changes: Partial<ToolInput> = {}): ToolInput => ({
  name,
  description: 'A tool of the journeys.',
  sideEffect: 'write',
  reversible: true,
  egress: false,
  dataClass: 'internal',
  untrustedOutput: false,
  risk: 'low',
  tags: [],
  ...changes,
});

/** A call the agent makes alone. @returns the id of its decision */
async function actAlone(admin: ConsoleCaller, agent: RegisteredAgent, name: string, id = 'n-1') {
  await admin.post('/api/v1/tools', tool(name));
  const { context } = await agent.client.evaluate({
    action: { name, properties: { arguments: { text: `Called back about ${id}` } } },
    resource: { type: 'note', id },
  });
  expect(context.outcome).toBe('allow');
  return context.id;
}

async function change(admin: ConsoleCaller, settings: Partial<VigilanceBody>): Promise<void> {
  const { version } = await admin.get<Vigilance>(SETTINGS);
  await admin.post(SETTINGS, {
    settings: vigilanceBodySchema.parse(settings),
    reason: 'For a journey',
    basedOn: version,
  });
}

async function workspaceId(): Promise<string> {
  const [row] = await sql<{ id: string }>(`SELECT id FROM workspaces WHERE slug = 'default'`);
  return row?.id ?? '';
}

async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(
      ...violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map((node) => `${colorScheme} ${id}: ${node.target.join(' ')}`),
        ),
    );
  }
  return found;
}

// Accessibility is looked at twice, in light and dark, in each of these.
test.describe.configure({ timeout: 120_000 });

test.afterEach(async ({ admin }) => change(admin, {}));

test('somebody says later how an action went, and sees what it did to the score', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const actor = await agent({ rung: 4 });
  const decision = await actAlone(admin, actor, `journey.note_${mark}`);
  const { page, person } = await login('reviewer');
  await page.goto(`/default/agents/${actor.id}?tab=decisions&decision=${decision}`);
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('No person has said how this went.');
  await drawer.getByRole('button', { name: 'Say how it went…' }).click();
  await drawer.getByRole('button', { name: 'Record how it went' }).click();
  await expect(drawer.getByRole('alert')).toContainText('Choose how it went first.');
  await page.keyboard.press('2');
  await expect(drawer.getByRole('radio', { name: /Correction/ })).toBeChecked();
  await drawer.getByRole('button', { name: 'Record how it went' }).click();
  await expect(drawer).toContainText('Say why');
  await drawer.getByRole('textbox', { name: /Reason/ }).fill('It was the other customer.');
  await page.keyboard.press('Control+Enter');
  await expect(drawer).toContainText('Corrected');
  await expect(drawer).toContainText(person.name);
  await expect(drawer).toContainText('A person corrected the result of the agent');
  await expect(drawer).toContainText('You have said how this action went already.');
  expect(await violationsOf(page)).toEqual([]);
});

test('samples are read and judged with the keyboard alone', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const actor = await agent({ rung: 4 });
  const name = `journey.memo_${mark}`;
  for (const id of ['n-1', 'n-2']) await actAlone(admin, actor, name, id);
  await change(admin, { sampleRate: 1, samplesPerDay: 500, doubleShare: 0 });
  await drawIn(await workspaceId(), Date.now() + 120_000);
  const { page } = await login('reviewer');
  await page.goto('/default/reviews');
  await untilLive(page);
  const list = page.getByRole('list', { name: 'Samples that need your word' });
  const mine = list.getByRole('link', { name: actor.name });
  await expect(mine).toHaveCount(2);
  const sample = page.getByRole('article', { name: 'The sampled call' });
  await expect(sample).toBeVisible();
  // Other journeys' samples stand between those of this one.
  const walkToMine = async () => {
    const complaint = sample.getByRole('button', { name: /Complaint/ });
    const isMine = async () =>
      ((await sample.textContent()) ?? '').includes(actor.name) && (await complaint.isVisible());
    for (let step = 0; step < 60 && !(await isMine()); step += 1) {
      await page.keyboard.press('j');
      await expect(sample.getByRole('heading', { level: 2 })).toBeVisible();
    }
  };
  await walkToMine();
  await expect(sample).toContainText('Called back about n-');
  expect(await violationsOf(page)).toEqual([]);

  await page.keyboard.press('1');
  await expect(sample.getByRole('radio', { name: /It was right/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sample).toContainText(
    'A person looked at what the agent had done and found it right',
  );

  await walkToMine();
  await expect(sample).toContainText(actor.name);
  await page.keyboard.press('4');
  await expect(sample.getByRole('textbox', { name: /Reason/ })).toBeFocused();
  await page.keyboard.type('The customer had asked not to be called.');
  await page.keyboard.press('Control+Enter');
  await expect(sample).toContainText('Somebody complained about what the agent had done');
  await page.reload();
  await untilLive(page);
  await expect(mine).toHaveCount(0);
});

test('a canary among the calls is told of at once, and nothing is carried out', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const asker = await agent();
  await askForRefund(asker, '8101', 20);
  const template: CanaryTemplate = {
    tool: `journey.wipe_${mark}`,
    risk: 'medium',
    resource: { type: 'folder', id: 'shared' },
    arguments: { path: 'shared/../', note: 'Remove the drafts' },
    notice: 'The path leads out of the folder.',
  };
  await admin.post('/api/v1/tools', tool(template.tool, { risk: 'medium' }));
  await change(admin, { canariesPerDay: 1, canaryTemplates: [template] });
  const workspace = await workspaceId();
  await sql('UPDATE vigilance_chores SET sealed_until = NULL WHERE workspace_id = $1', [workspace]);
  // The chore of the server may be at it; then it is tried again.
  await expect(async () => {
    await tendIn(workspace, Date.now() - DAY_MS + 1_000);
    await tendIn(workspace, Date.now());
    const placed = await sql(
      `SELECT 1 FROM canaries WHERE workspace_id = $1 AND placed_at IS NOT NULL AND template->>'tool' = $2`,
      [workspace, template.tool],
    );
    expect(placed).toHaveLength(1);
  }).toPass();

  const { page } = await login('reviewer');
  await page.goto(`/default/approvals?q=${template.tool}`);
  await untilLive(page);
  await page.getByRole('listbox').getByRole('option').first().click();
  const detail = openCall(page);
  await expect(detail).toContainText('shared/../');
  await expect(detail).not.toContainText(/canary/i);
  await page.keyboard.press('r');
  await page.keyboard.press('5');
  await page.keyboard.press('Enter');
  await expect(detail).toContainText('A canary. Caught.');
  await expect(detail).toContainText('The path leads out of the folder.');
  await expect(page.getByRole('status').filter({ hasText: 'This was a canary.' })).toHaveCount(1);
  expect(await violationsOf(page)).toEqual([]);
});

test('a pause is proposed, and a limit on high risk refuses the next approval but no rejection', async ({
  admin,
  agent,
  login,
  mark,
}) => {
  const name = `journey.pay_${mark}`;
  await admin.post('/api/v1/tools', tool(name, { risk: 'high' }));
  const asker = await agent({ rung: 4 });
  const ask = async (id: string) => {
    const { context } = await asker.client.evaluate({
      action: { name, properties: { arguments: { id } } },
      resource: { type: 'invoice', id },
    });
    expect(context.outcome).toBe('require_approval');
  };
  await ask('i-1');
  await ask('i-2');
  await change(admin, { pauseAfterVerdicts: 1, highRiskPerHour: 1 });
  const { page } = await login('reviewer');
  await page.goto(`/default/approvals?q=${name}`);
  await queueRow(page, asker.name).first().click();
  const detail = openCall(page);
  await approveDeliberately(page);
  await expect(detail.getByText(/^Approved by /)).toBeVisible();
  const bar = page.getByRole('status').filter({ hasText: 'A short pause keeps the eye fresh.' });
  await expect(bar).toContainText('You have decided 1 call in 20 minutes.');
  await expect(bar).toContainText('You can approve calls of high or critical risk again');
  await bar.getByRole('button', { name: 'Not now' }).click();
  await expect(bar).toHaveCount(0);

  await page.keyboard.press('j');
  await expect(detail).toContainText('i-2');
  await approveDeliberately(page);
  await expect(detail.getByRole('alert')).toContainText('1 is the limit here');
  await page.keyboard.press('r');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await expect(detail.getByText(/^Rejected by /)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

async function approveDeliberately(page: Page): Promise<void> {
  await page.keyboard.press('a');
  const question = page.getByRole('group', { name: 'Confirm the approval' });
  await expect(question).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('Shift+A');
    await expect(question).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
}

test('reviewers see their own figures, managers the workspace without names and the settings', async ({
  admin,
  agent,
  login,
}) => {
  const asker = await agent();
  await askForRefund(asker, '8301', 20);
  const { page } = await login('reviewer', 'Rita Reviewer');
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const look = page.waitForResponse(
    (answer) => answer.url().endsWith('/look') && answer.request().method() === 'POST',
  );
  await page.waitForTimeout(1_200);
  await page.keyboard.press('r');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  expect((await look).status()).toBe(204);
  await page.getByRole('link', { name: 'My reviewing' }).click();
  await expect(page.getByRole('heading', { name: 'My reviewing', level: 1 })).toBeVisible();
  const table = page.getByRole('region', { name: 'Your verdicts', exact: true });
  await expect(table).toContainText('1 verdict in the last 30 days');
  await expect(table.getByRole('row', { name: /^Approved/ })).toContainText('1 so far, 10 needed');
  await expect(page.getByRole('tab', { name: 'Workspace' })).toHaveCount(0);
  expect(await violationsOf(page)).toEqual([]);

  const manager = await login('manager');
  await manager.page.goto('/default/reviewing?tab=workspace');
  const trend = manager.page.getByRole('region', { name: 'The workspace', exact: true });
  await expect(trend).toContainText('Samples drawn in these weeks');
  await expect(trend).not.toContainText('Rita Reviewer');
  const settings = manager.page.getByRole('region', { name: 'How reviewing is watched' });
  await settings.getByRole('textbox', { name: 'Share drawn, in percent' }).fill('200');
  await settings.getByRole('button', { name: 'Save the settings' }).click();
  await expect(settings).toContainText('A number from 0 to 100.');
  await expect(settings).toContainText('Say why this changes.');
  await settings.getByRole('textbox', { name: 'Share drawn, in percent' }).fill('5');
  await settings.getByRole('textbox', { name: 'Reason' }).fill('We want to see more.');
  await settings.getByRole('button', { name: 'Save the settings' }).click();
  await expect(settings).toContainText('We want to see more.');
  await expect
    .poll(async () => (await admin.get<Vigilance>(SETTINGS)).settings.sampleRate)
    .toBe(0.05);
  expect(await violationsOf(manager.page)).toEqual([]);
});
