/** The examples of docs/examples, installed as their README says, against a Belay with a person at its queue. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packClient } from '@/lib/cli/client/pack';
import type { ApiKey, Approval, Decision } from '@/lib/contracts';
import { childEnvironment } from '@/lib/env';
import { expect, test } from './fixtures';
import { runScript } from './fixtures/script';

const EXAMPLES = ['plain', 'vercel-ai', 'langchain', 'openai-agents'];

let folder: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = mkdtempSync(join(tmpdir(), 'belay-examples-'));
  cpSync('docs/examples', folder, {
    recursive: true,
    filter: (from) => basename(from) !== 'node_modules' && !from.endsWith('.tgz'),
  });
  const install = (...args: string[]) =>
    execFileSync('npm', [...args, '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: folder,
      env: childEnvironment({}),
      stdio: 'pipe',
    });
  install('ci');
  install('install', '--no-save', await packClient(folder));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const example of EXAMPLES)
  test(`the example ${example} asks, waits, runs what is approved, and tells its model what did not`, async ({
    admin,
    adminNow,
    url,
    mark,
  }) => {
    const { id, key } = await adminNow.post<ApiKey & { key: string }>('/api/v1/api-keys', {
      name: `example-${mark}`,
      role: 'manager',
    });
    const script = runScript(join(folder, example, 'agent.mjs'), {
      variables: { BELAY_URL: url, BELAY_KEY: key, OPENAI_API_KEY: undefined },
    });
    try {
      await expect.poll(script.said, { timeout: 30_000 }).toContain('crm.read waits for a person');
      const approvalId = /approvals\/([\w-]+)/.exec(script.said())?.[1] ?? '';
      const { digest, agent } = await admin.get<Approval>(`/api/v1/approvals/${approvalId}`);
      await admin.post(`/api/v1/approvals/${approvalId}/approve`, { digest });
      expect(await script.ended).toBe(0);
      const [waiting, ...lines] = script.said().trim().split('\n');
      expect(waiting).toContain(`/default/approvals/${approvalId}`);
      expect(lines).toEqual([
        'crm.read: ran',
        expect.stringMatching(/^refund\.create: (denied|suggested)$/),
        'I have looked customer C-1042 up and asked for the refund of order 4711.',
      ]);
      const { items } = await admin.get<{ items: Decision[] }>(
        `/api/v1/decisions?agent=${agent.id}`,
      );
      expect(
        items.map(({ tool, state, executionStatus }) => [tool, state, executionStatus]),
      ).toEqual([
        ['refund.create', 'final', null],
        ['crm.read', 'redeemed', 'succeeded'],
      ]);
      expect(new Set(items.map(({ sessionId }) => sessionId)).size).toBe(1);
      await admin.post(`/api/v1/agents/${agent.id}/revoke`, { reason: 'The journey is over' });
    } finally {
      script.stop();
      await admin.request('DELETE', `/api/v1/api-keys/${id}`);
    }
  });
