import { spawn } from 'node:child_process';
import type { ApiKey, Approval } from '@/lib/contracts';
import { childEnvironment } from '@/lib/env';
import { expect, test } from './fixtures';

/** Runs the script that the README gives to newcomers, with an API key. */
function runDocumentedAgent(url: string, key: string) {
  const child = spawn(process.execPath, ['docs/first-agent.mjs'], {
    env: childEnvironment({ BELAY_URL: url, BELAY_KEY: key }),
  });
  let said = '';
  const hear = (chunk: Buffer) => void (said += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { said: () => said, ended, stop: () => child.kill() };
}

test('the agent of the README runs as it stands', async ({ admin, url, mark }) => {
  const { id, key } = await admin.post<ApiKey & { key: string }>('/api/v1/api-keys', {
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
