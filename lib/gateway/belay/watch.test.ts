import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BelayApi } from './api';
import { Watch } from './watch';

/** What becomes of a question for the stream; the last goes on for all that follow. */
let answers: ((response: ServerResponse) => void)[];
let asked: number;
let watch: Watch;
const server = createServer((_, response) => {
  asked += 1;
  (answers.length > 1 ? answers.shift() : answers[0])?.(response);
});

const WORD = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': still here\n\n');
};
const NOTHING = () => undefined;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function begin(silenceMs: number): Promise<void> {
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  watch = new Watch(new BelayApi({ url: `http://localhost:${port}`, key: 'key' }), silenceMs);
  watch.start();
}

beforeEach(() => {
  asked = 0;
});
afterEach(() => {
  watch.stop();
  server.closeAllConnections();
  server.close();
});

describe('a stream of announcements', () => {
  it('that is open and says nothing is lost from its last word on', async () => {
    answers = [WORD];
    await begin(60_000);
    await until(() => watch.open);
    await until(() => watch.lostMs > 300);
    expect(watch.open).toBe(true);
    expect(asked).toBe(1);
  });

  it('that is never answered is asked for again', async () => {
    answers = [NOTHING, WORD];
    await begin(100);
    await until(() => watch.open);
    expect(asked).toBe(2);
  });
});
