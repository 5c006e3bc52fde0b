import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundedFetch, CallHeaders } from './bounded-fetch';

const server = createServer((request, response) => {
  const line = decodeURIComponent((request.url ?? '').slice(1));
  const message = `data: ${'x'.repeat(60)}${line}${line}`;
  response.end(request.method === 'GET' ? message.repeat(20) : 'x'.repeat(2_000));
});
let url: string;
beforeAll(async () => {
  server.listen(0);
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const bounded = boundedFetch(500, {}, new CallHeaders());
const read = async (path: string, method = 'GET') =>
  (await bounded(`${url}/${encodeURIComponent(path)}`, { method })).text();

describe('what a server may send', () => {
  it.each(['\n', '\r\n'])(
    'is bounded by message in a stream with lines that end in %j',
    async (line) => {
      expect((await read(line)).length).toBeGreaterThan(1_000);
    },
  );

  it('is bounded altogether in an answer, and in a stream whose messages never end', async () => {
    await expect(read('\n', 'POST')).rejects.toThrow('more than 500 bytes');
    await expect(read(' ')).rejects.toThrow('more than 500 bytes');
  });
});
