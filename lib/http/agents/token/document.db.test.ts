import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeEnvironment } from '@/lib/env';
import { postAgent } from '@/lib/http/console/agents';
import { postTool } from '@/lib/http/console/governance';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { tokenHandler } from '@/lib/http/agents/token';
import type { Handler } from '@/lib/http/handler';
import { makeKeyContext, makeWorkspace } from '@/lib/services/testing/fixture';

const ROUTES: Readonly<Record<string, Handler>> = {
  '/api/v1/tools': postTool,
  '/api/v1/agents': postAgent,
  '/access/v1/evaluation': evaluationHandler,
  '/oauth/token': tokenHandler,
};

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const headers = new Headers(incoming.headers as Record<string, string>);
      const address = `${url}${incoming.url ?? ''}`;
      const request = new Request(address, {
        method: 'POST',
        headers,
        body: Buffer.concat(chunks),
      });
      const handler = ROUTES[incoming.url ?? ''];
      const answer = await handler?.(request, { params: Promise.resolve({}) });
      outgoing.writeHead(answer?.status ?? 404, { 'content-type': 'application/json' });
      outgoing.end(await answer?.text());
    })();
  }).listen(0, 'localhost');
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  changeEnvironment({ BELAY_URL: url });
});
afterAll(() => server.close());

it('runs as docs/identity.mjs shows it', async () => {
  const workspace = await makeWorkspace();
  const { key } = await makeKeyContext(workspace, 'manager');
  const { stdout } = await promisify(execFile)(process.execPath, ['docs/identity.mjs'], {
    env: { BELAY_URL: url, BELAY_KEY: key, NODE_ENV: 'test' },
  });
  const [signed, passedOn] = stdout.trim().split('\n');
  expect(signed).toMatch(/^signed: require_approval: Below rung 3 a person approves each read/);
  expect(passedOn).toContain('for the planner: deny: The agent acts for "Planner"');
});

it('says in a sentence what docs/identity.mjs needs', async () => {
  const run = promisify(execFile)(process.execPath, ['docs/identity.mjs'], {
    env: { BELAY_URL: url, NODE_ENV: 'test' },
  });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: 'Set BELAY_KEY to an API key of role manager.\n',
  });
});
