import { randomUUID } from 'node:crypto';
import { SIGNAL_TYPE_PREFIX } from '@/lib/contracts';
import { askForRefund, expect, test } from './fixtures';
import { untilLive } from './fixtures/screens';

const LIFT_REASON = 'The failing service is back, and it did nothing wrong';

test('an agent in quarantine acts again once an analyst lifts it with a reason', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  expect((await askForRefund(asker, '5101', 10)).outcome).toBe('require_approval');
  await asker.client.recordSignals([
    {
      specversion: '1.0',
      id: randomUUID(),
      source: 'the agent itself',
      type: `${SIGNAL_TYPE_PREFIX}behavior.error_rate`,
      subject: asker.id,
    },
  ]);
  const stopped = await askForRefund(asker, '5102', 10);
  expect(stopped.outcome).toBe('deny');
  expect(stopped.reasons[0]).toMatchObject({ code: 'restriction.quarantine' });

  const { page } = await login('analyst');
  await page.goto(`/default/agents?q=${asker.name}`);
  await untilLive(page);
  await expect(page.getByRole('row', { name: asker.name })).toContainText('quarantine');

  await page.goto(`/default/agents/${asker.id}`);
  await untilLive(page);
  const began = page.getByRole('toolbar', { name: 'Held back: 1 in this range' });
  await expect(began.getByRole('button', { name: 'Quarantine began' })).toBeVisible();

  const held = page.getByRole('region', { name: 'What holds this agent back' });
  await held.getByRole('button', { name: 'Lift quarantine' }).click();
  const dialog = page.getByRole('dialog', { name: 'Lift: quarantine' });
  await dialog.getByRole('button', { name: 'Lift quarantine' }).click();
  await expect(dialog.getByText('Say why it may go on.')).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  expect((await askForRefund(asker, '5103', 10)).outcome).toBe('deny');

  await dialog.getByRole('textbox', { name: 'Reason' }).fill(LIFT_REASON);
  await dialog.getByRole('button', { name: 'Lift quarantine' }).click();
  await expect(dialog).toBeHidden();
  await expect(held).toBeHidden();
  await expect(
    page.getByRole('toolbar', { name: 'Held back: 2 in this range' }),
    'the end is a mark too',
  ).toBeVisible();
  expect((await askForRefund(asker, '5104', 10)).outcome).toBe('require_approval');

  await page.goto('/default/ledger?kind=restriction.lifted');
  await page.getByRole('grid', { name: 'Ledger entries' }).getByRole('row').nth(1).click();
  await expect(page.getByRole('dialog')).toContainText(LIFT_REASON);
});
