import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { BasePolicyVersion, DetectorVersion } from '@/lib/contracts';
import { json, startDecisionPoint } from '@/lib/decide/testing/decision-point';
import { expect, test, type ConsoleCaller } from './fixtures';

const reason = 'For a journey';

async function name(admin: ConsoleCaller, path: string, body: Record<string, unknown>) {
  const { version } = await admin.get<BasePolicyVersion | DetectorVersion>(path);
  await admin.post(path, { ...body, reason, basedOn: version });
}

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

test('a manager sees what Belay asks outside, how it is doing, and tries it', async ({
  admin,
  login,
}) => {
  const outside = await startDecisionPoint();
  outside.answer = json({ result: true, probability: 0.93, labels: ['planted'] });
  const { page } = await login('manager');
  try {
    await page.goto('/default/settings?tab=outside');
    const policy = page.getByRole('region', { name: 'Base policy' });
    const detector = page.getByRole('region', { name: 'Detector' });
    await expect(policy).toContainText('everything within the pact');
    await expect(detector).toContainText('no text leaves Belay');

    const { url } = outside;
    const token = 'never-on-a-screen';
    await name(admin, '/api/v1/base-policy', { kind: 'opa', url, path: 'agents/x', token });
    await name(admin, '/api/v1/detector', { kind: 'http', url: `${url}/judge`, token });
    await expect(policy).toContainText(`${url}/v1/data/agents/x`);
    await expect(detector).toContainText('set, never shown');
    expect(await page.content()).not.toContain(token);

    await policy.getByRole('button', { name: 'Ask about a made-up call' }).click();
    await expect(policy.getByRole('status')).toContainText('Allowed');
    await expect(policy).toContainText('1 asked, 0 failed');
    await detector.getByRole('button', { name: 'Ask the detector' }).click();
    await expect(detector.getByRole('status')).toContainText('Hostile: 93 %, called planted');

    outside.answer = json({}, 500);
    await detector.getByRole('button', { name: 'Ask the detector' }).click();
    await expect(detector.getByRole('status')).toContainText('No answer');
    await expect(detector).toContainText('unreachable');
    await policy.getByText('How to change it').click();

    for (const width of [1_440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect.soft(await violationsOf(page), `at ${width}`).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `at ${width}`).toBeLessThanOrEqual(0);
    }
  } finally {
    await name(admin, '/api/v1/base-policy', { kind: 'none' });
    await name(admin, '/api/v1/detector', { kind: 'none' });
    await outside.close();
  }
});

test('a reviewer is not shown what Belay asks outside', async ({ login }) => {
  const { page } = await login('reviewer');
  await page.goto('/default/settings');
  await expect(page.getByRole('tab', { name: 'People and roles' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Outside services' })).toHaveCount(0);
});
