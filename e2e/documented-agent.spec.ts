import type { ApiKey, Approval } from '@/lib/contracts';
import { expect, test } from './fixtures';
import { runScript } from './fixtures/script';

/** Runs the script that the README gives to newcomers, with an API key. */
const runDocumentedAgent = (url: string, key: string) =>
  runScript('docs/first-agent.mjs', { variables: { BELAY_URL: url, BELAY_KEY: key } });

test('the agent of the README runs as it stands', async ({ admin, adminNow, url, mark }) => {
  const { id, key } = await adminNow.post<ApiKey & { key: string }>('/api/v1/api-keys', {
    name: `documented-${mark}`,
    role: 'manager',
  });
  const script = runDocumentedAgent(url, key);
  try {
    await expect.poll(script.said).toContain('Waits for a person');
    const approvalId = /approvals\/([\w-]+)/.exec(script.said())?.[1] ?? '';
    const { digest, agent } = await admin.get<Approval>(`/api/v1/approvals/${approvalId}`);
    await admin.post(`/api/v1/approvals/${approvalId}/approve`, { digest });
    expect(await script.ended).toBe(0);
    expect(script.said()).toContain('The decision is approved');
    expect(script.said()).toContain(`Done. See ${url}/default/agents/${agent.id}`);
    await admin.post(`/api/v1/agents/${agent.id}/revoke`, { reason: 'The journey is over' });
  } finally {
    script.stop();
    await admin.request('DELETE', `/api/v1/api-keys/${id}`);
  }
});

test('the agent of the README says in a sentence what went wrong', async ({ url }) => {
  const sentences: readonly [string, string, RegExp][] = [
    [url, '', /^Set BELAY_KEY to an API key of role manager\.$/],
    [url, 'bk_nobody', /^\/api\/v1\/tools: .*key.*$/i],
    ['http://127.0.0.1:9', 'bk_nobody', /^Nothing answers at http:\/\/127\.0\.0\.1:9\.$/],
  ];
  for (const [address, key, sentence] of sentences) {
    const script = runDocumentedAgent(address, key);
    expect(await script.ended).toBe(1);
    expect(script.said().trim()).toMatch(sentence);
  }
});
