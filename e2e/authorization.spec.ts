import { askForRefund, expect, refundOf, registerAgent, test } from './fixtures';
import { CONSOLE_PAGES } from './fixtures/pages';
import { openCall, queueRow, untilLive } from './fixtures/screens';
import { apiCalls, pagePaths, type KnownIds } from './fixtures/sweep';

test('a viewer reads a call but finds no verdict buttons, and a hand-made verdict is refused', async ({
  agent,
  login,
}) => {
  const asker = await agent();
  const { id, approval } = await askForRefund(asker, '6001', 15);
  const { page, person } = await login('viewer');
  await page.goto('/approvals');
  await queueRow(page, asker.name).click();
  const detail = openCall(page);
  await expect(detail).toContainText('The role viewer may not decide approvals');
  await expect(detail.getByRole('button', { name: /Approve|Reject|Claim|Comment/ })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(page.getByRole('group', { name: 'Confirm the approval' })).toHaveCount(0);

  const path = `/api/v1/approvals/${approval?.id}`;
  const { digest } = await person.api.get<{ digest: string }>(path);
  const statuses = await page.evaluate(
    async ([path, digest]) => {
      const bodies = {
        approve: { digest },
        reject: { reason: 'unsafe' },
        claim: {},
        comment: { body: 'Let me in' },
      };
      const answers = Object.entries(bodies).map(([verb, body]) =>
        fetch(`${path}/${verb}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-belay-workspace': 'default' },
          body: JSON.stringify(body),
        }).then((response) => response.status),
      );
      return Promise.all(answers);
    },
    [path, digest] as const,
  );
  expect(statuses).toEqual([403, 403, 403, 403]);
  await expect(asker.client.wait(id)).resolves.toMatchObject({ state: 'pending' });
});

test('a viewer may change nothing anywhere but what is their own', async ({
  agent,
  person,
  admin,
}) => {
  const asker = await agent();
  const known = await idsOf(asker, admin);
  const viewer = await person('viewer');
  const writes = apiCalls(known).filter(
    ({ writes, who, own }) => writes && who === 'console' && !own,
  );
  expect(writes.length).toBeGreaterThan(20);
  for (const call of writes) {
    const answer = await viewer.api.request(call.method, call.path, call.body);
    // The demo fleet is a workspace of its own, in which this viewer is nobody.
    const refused = call.pattern === '/api/v1/workspace/demo' ? 404 : 403;
    expect(answer.status, `${call.method} ${call.pattern}: ${await answer.text()}`).toBe(refused);
  }
});

test('somebody of another workspace gets 404 on every page', async ({
  agent,
  admin,
  elsewhere,
  browse,
}) => {
  const asker = await agent();
  const { page, context } = await browse(await elsewhere.person('admin'));
  const known = await idsOf(asker, admin);
  for (const path of pagePaths(known)) {
    const answer = await context.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain(asker.name);
  }
  await page.goto(`/default/agents/${asker.id}`);
  await expect(page.getByText(asker.name)).toHaveCount(0);
  for (const path of CONSOLE_PAGES) {
    await page.goto(`/${elsewhere.slug}/${path}`);
    await untilLive(page);
    await expect(page.getByText(asker.name), path).toHaveCount(0);
  }
});

test('somebody of another workspace gets 404 from every console route, whichever workspace they name', async ({
  agent,
  admin,
  elsewhere,
}) => {
  const asker = await agent();
  const known = await idsOf(asker, admin);
  const stranger = await elsewhere.person('admin');
  for (const call of apiCalls(known)) {
    if (call.who === 'agent') continue;
    const name = `${call.method} ${call.pattern}`;
    const foreign = await stranger.api.request(call.method, call.path, call.body, {
      'x-belay-workspace': 'default',
    });
    expect(foreign.status, `${name} in the workspace that is not theirs`).toBe(404);
    if (call.streams || (call.writes && !call.names)) continue;
    const own = await stranger.api.request(call.method, call.path, call.body);
    if (call.names) expect(own.status, `${name} with an id that is not theirs`).toBe(404);
    const text = await own.text();
    for (const secret of [asker.name, asker.id, known.approval])
      expect(text.replaceAll(call.path, ''), name).not.toContain(secret);
  }
});

test('an agent reaches neither the decisions of another agent nor those of another workspace', async ({
  agent,
  elsewhere,
}) => {
  const asker = await agent();
  const neighbour = await agent();
  const manager = await elsewhere.person('manager');
  const stranger = await registerAgent(manager.api, { name: 'stranger', rung: 1 });
  const { id, asked, session } = await askForRefund(asker, '6002', 15);
  for (const { client } of [neighbour, stranger]) {
    await expect(client.wait(id)).rejects.toMatchObject({ status: 404 });
    await expect(client.redeem(id, asked)).rejects.toMatchObject({ status: 404 });
    await expect(client.reportOutcome(id, { status: 'succeeded' })).rejects.toMatchObject({
      status: 404,
    });
    const { context } = await client
      .evaluate({ ...refundOf('6002', 15), context: { session } })
      .catch((error: unknown) => ({ context: { outcome: 'refused', error } }));
    expect(['deny', 'refused']).toContain(context.outcome);
  }
  await expect(asker.client.wait(id)).resolves.toMatchObject({ state: 'pending' });
});

test('nobody gets anything without signing in', async ({ agent, admin, url, playwright }) => {
  const known = await idsOf(await agent(), admin);
  const anonymous = await playwright.request.newContext({ baseURL: url, maxRedirects: 0 });
  for (const call of apiCalls(known)) {
    const answer = await anonymous.fetch(call.path, { method: call.method, data: call.body });
    expect(answer.status(), `${call.method} ${call.pattern}`).toBe(401);
    // RFC 8935 has a form of its own for what it refuses.
    const form = call.pattern.endsWith('/intake/caep')
      ? 'application/json'
      : 'application/problem+json';
    expect(answer.headers()['content-type'], call.pattern).toContain(form);
  }
  for (const path of pagePaths(known)) {
    const answer = await anonymous.get(path);
    expect([302, 307], path).toContain(answer.status());
    expect(answer.headers()['location'], path).toContain('/sign-in');
  }
  await anonymous.dispose();
});

/** Real ids of everything in the workspace `default`, so that a sweep meets rows that exist. */
async function idsOf(
  asker: Parameters<typeof askForRefund>[0],
  admin: {
    post: <T>(path: string, body?: unknown) => Promise<T>;
    get: <T>(path: string) => Promise<T>;
  },
): Promise<KnownIds> {
  const asked = await askForRefund(asker, '6100', 15);
  const incident = await admin.post<{ id: string }>('/api/v1/incidents', {
    agentId: asker.id,
    severity: 3,
    title: `Looked at ${asker.name}`,
  });
  const set = await admin.post<{ id: string }>('/api/v1/kill-switches', {
    scope: { type: 'tag', value: `nobody-${asker.id}` },
    mode: 'read_only',
    reason: 'For the sweep',
  });
  await admin.post(`/api/v1/kill-switches/${set.id}/release`, { reason: 'For the sweep' });
  const key = await admin.post<{ id: string }>('/api/v1/api-keys', {
    name: `sweep ${asker.name}`,
    role: 'viewer',
  });
  const me = await admin.get<{ person: { id: string } }>('/api/v1/me');
  const agentNow = await admin.get<{ override: { id: string } | null }>(
    `/api/v1/agents/${asker.id}`,
  );
  const { items } = await admin.get<{ items: { version: number; current: boolean }[] }>(
    '/api/v1/policies',
  );
  const proposal = await admin.post<{ version: number }>('/api/v1/policies', {
    text: 'permit (principal, action, resource);',
    reason: 'For the sweep',
    basedOn: items.find(({ current }) => current)?.version,
  });
  return {
    agent: asker.id,
    approval: asked.approval?.id ?? '',
    decision: asked.id,
    incident: incident.id,
    killSwitch: set.id,
    apiKey: key.id,
    person: me.person.id,
    override: agentNow.override?.id ?? '',
    policyVersion: String(proposal.version),
  };
}
