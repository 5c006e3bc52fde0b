import type { Page } from '@playwright/test';
import { sql } from '@/lib/db';
import { askForRefund, expect, test } from './fixtures';
import { CONSOLE_PAGES } from './fixtures/pages';
import { ending, openCall, queueRow, untilLive } from './fixtures/screens';

test('nobody approves for an agent they own', async ({ agent, login }) => {
  const { page, person } = await login('reviewer');
  const asker = await agent({ owner: person.email });
  const { approval } = await askForRefund(asker, '7001', 15);
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await expect(detail).toContainText('You own this agent, so somebody else has to decide.');
  await expect(detail.getByRole('button', { name: /Approve|Reject/ })).toHaveCount(0);
  const path = `/api/v1/approvals/${approval?.id}`;
  const { digest } = await person.api.get<{ digest: string }>(path);
  const answer = await person.api.request('POST', `${path}/approve`, { digest });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'own_agent' });
});

test('a write that another site sends with the cookie is refused', async ({ agent, admin }) => {
  const asker = await agent();
  const body = { scope: { type: 'agent', value: asker.id }, mode: 'halt', reason: 'Not by us' };
  const origins: readonly Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of origins) {
    const answer = await admin.request('POST', '/api/v1/kill-switches', body, headers);
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'cross_site' });
  }
  expect((await askForRefund(asker, '7002', 15)).outcome).toBe('require_approval');
});

test('a page of another site reaches nothing with the browser of somebody who is signed in', async ({
  agent,
  login,
  url,
}) => {
  const asker = await agent();
  const { page } = await login('manager');
  await page.goto('/default/agents');
  await page.route('http://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Prizes</title>' }),
  );
  await page.goto('http://evil.example/');
  const readable = await page.evaluate(
    async ([url, id]) => {
      const body = JSON.stringify({
        scope: { type: 'agent', value: id },
        mode: 'halt',
        reason: 'Not by us',
      });
      const write = `${url}/api/v1/kill-switches?workspace=default`;
      await fetch(write, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(
        () => undefined,
      );
      return fetch(`${url}/api/v1/agents?workspace=default`, { credentials: 'include' }).then(
        (response) => response.text(),
        () => 'unreadable',
      );
    },
    [url, asker.id] as const,
  );
  expect(readable).toBe('unreadable');
  expect((await askForRefund(asker, '7003', 15)).outcome).toBe('require_approval');
});

test('a lowered role counts at the next request, also for a page that is open', async ({
  agent,
  admin,
  login,
}) => {
  const asker = await agent();
  const { approval } = await askForRefund(asker, '7004', 15);
  const { page, person } = await login('reviewer');
  await page.goto('/approvals');
  // What the request itself announced has been heard by then: it would read the call again, and take the form away.
  await untilLive(page);
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await detail.getByRole('button', { name: /^Reject/ }).click();
  await admin.patch(`/api/v1/people/${person.id}`, { role: 'viewer' });
  await detail.getByRole('radio', { name: /Unsafe/ }).check({ force: true });
  await detail.getByRole('button', { name: /Reject this call/ }).click();
  await expect(detail.getByRole('alert')).toContainText('The role viewer may not decide approvals');
  const path = `/api/v1/approvals/${approval?.id}`;
  await expect(admin.get(path)).resolves.toMatchObject({ state: 'pending' });
});

test('somebody who is disabled is out at the next request, and their stream ends', async ({
  admin,
  login,
}) => {
  const { page, person } = await login('analyst');
  await page.goto('/default/overview');
  await untilLive(page);
  const stream = await person.api.request('GET', '/api/v1/events?workspace=default');
  await admin.patch(`/api/v1/people/${person.id}`, { disabled: true });
  expect((await person.api.request('GET', '/api/v1/overview')).status).toBe(401);
  await endOf(stream);
  await page.goto('/default/agents');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('an approval whose time is over shows as expired and takes no verdict', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { id, approval } = await askForRefund(asker, '7005', 15);
  const { page, person } = await login('reviewer');
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const path = `/api/v1/approvals/${approval?.id}`;
  const { digest } = await person.api.get<{ digest: string }>(path);
  await sql('UPDATE approvals SET expires_at = now() WHERE id = $1', [approval?.id ?? null]);

  const detail = openCall(page);
  await expect(ending(page, 'Expired')).toBeVisible();
  await expect(detail).toContainText('Nobody decided in time. This is not a verdict.');
  await expect(detail.getByRole('button', { name: /Approve|Reject/ })).toHaveCount(0);
  const answer = await person.api.request('POST', `${path}/approve`, { digest });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'expired' });
  await expect(asker.client.wait(id)).resolves.toMatchObject({ state: 'expired' });
  await page.goto(`/default/agents/${asker.id}?view=table`);
  await expect(page.getByRole('grid').first()).toBeVisible();
  await expect(page.getByText(/(approved|rejected) refund\.create/)).toHaveCount(0);
});

test('words of an agent stay words: no markup, nothing loaded, hidden characters in sight', async ({
  agent,
  login,
  url,
  mark,
}) => {
  const markup = '<img src="https://evil.example/x.png" onerror="alert(1)"><b>trusted</b>';
  const hidden = 'pay\u202Egpj.exe\u200B [home](javascript:alert(2))';
  const asker = await agent({ name: `${markup} ${mark}`, purpose: `${hidden} ${markup}` });
  const { id: session } = await asker.client.openSession({ request: `${hidden} ${markup}` });
  const { context } = await asker.client.evaluate({
    action: { name: 'refund.create', properties: { arguments: { note: markup, to: hidden } } },
    resource: { type: 'order', id: hidden },
    context: { session },
  });
  const { page } = await login('reviewer');
  const strange = watchForStrangers(page, url);
  for (const path of [
    `/default/approvals?item=${context.approval?.id}`,
    '/default/agents',
    `/default/agents/${asker.id}`,
    '/default/overview',
  ]) {
    await page.goto(path);
    await untilLive(page);
    await expect(page.getByText('<b>trusted</b>').first(), path).toBeAttached();
    await expect(page.locator('img[src*="evil"], a[href^="javascript:"]'), path).toHaveCount(0);
  }
  await page.goto(`/default/approvals?item=${context.approval?.id}`);
  const detail = openCall(page);
  for (const label of [/right-to-left override/, /zero width space/])
    await expect(detail.locator('[data-untrusted-mark]', { hasText: label }).first()).toBeVisible();
  expect(strange).toEqual([]);
});

test('every page has a policy that lets in only its own scripts, and every answer is guarded', async ({
  login,
  request,
}) => {
  const { page } = await login('admin');
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
  });
  const nonces = new Set<string>();
  for (const path of CONSOLE_PAGES) {
    const answer = await page.goto(`/default/${path}`);
    const headers = answer?.headers() ?? {};
    const policy = headers['content-security-policy'] ?? '';
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1];
    expect(nonce, path).toBeDefined();
    nonces.add(nonce ?? '');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src [^;]*unsafe-inline|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    await untilLive(page);
  }
  expect(nonces.size).toBe(CONSOLE_PAGES.length);
  expect(broken).toEqual([]);
  const api = await request.get('/api/health');
  expect(api.headers()['content-security-policy']).toContain("default-src 'none'");
});

/** Resolves when the server has ended the answer. */
async function endOf(response: Response): Promise<void> {
  const reader = response.body?.getReader();
  while (reader !== undefined && !(await reader.read()).done);
}

/** Requests to elsewhere, and dialogs, that a page makes from now on. */
function watchForStrangers(page: Page, url: string): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${url}/`))
      seen.push(request.url());
  });
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return seen;
}
