import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutcomeRequest } from '@/lib/contracts';
import { BelayApi } from '../belay/api';
import { Outbox } from './outbox';

interface Answer {
  readonly status: number;
  /** Of Belay's problem; none where somebody between the two answers. */
  readonly code?: string;
}

/** What is answered to the outcome of each decision, by its id; one that is not named is taken. */
let answers: Record<string, Answer>;
let asked: string[];
let said: string[];
let folder: string;
let outbox: Outbox;

const server = createServer((request, response) => {
  const id = request.url?.split('/').at(-2) ?? '';
  asked.push(id);
  const { status, code } = answers[id] ?? { status: 200 };
  const body = code === undefined ? {} : { status, code, title: 'No', detail: 'Not this one.' };
  request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
});

beforeEach(async () => {
  [answers, asked, said] = [{}, [], []];
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const api = new BelayApi({ url: `http://localhost:${port}`, key: 'key' });
  folder = mkdtempSync(join(tmpdir(), 'belay-outbox-'));
  outbox = new Outbox(api, {
    folder,
    onTrouble: (sentence) => said.push(sentence),
    retryMs: 5,
  });
});
afterEach(() => {
  outbox.close();
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  server.close();
});

const READ: OutcomeRequest = { status: 'succeeded', output: 'the words that were read' };
const onDisk = () =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

describe('an outcome that Belay refuses for good', () => {
  it.each([
    [400, 'invalid_request'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [409, 'conflict'],
    [410, 'gone'],
    [413, 'too_large'],
    [422, 'not_permitted'],
  ])('with %i %s is given up at once, and the session goes on', async (status, code) => {
    answers = { 'd-1': { status, code } };
    outbox.report('s', 'd-1', READ);
    outbox.report('s', 'd-2', READ);
    await outbox.settle('s');
    expect(asked).toEqual(['d-1', 'd-2']);
    expect(outbox.has('s')).toBe(false);
    expect(onDisk()).toBe(0);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('d-1');
    expect(said[0]).not.toContain('words that were read');
  });

  it('is named in the log with its decision, its session, what became of it, and why', async () => {
    answers = { 'd-1': { status: 422, code: 'not_permitted' } };
    outbox.report('s', 'd-1', READ);
    await outbox.settle('s');
    expect(said).toEqual([
      'Belay refuses the outcome "succeeded" of decision d-1 in session s for good: 422 not_permitted. It is given up, and the session goes on without it.',
    ]);
  });

  it('is told to nobody when an earlier try had arrived', async () => {
    answers = { 'd-1': { status: 409, code: 'already_reported' } };
    outbox.report('s', 'd-1', READ);
    await outbox.settle('s');
    expect([outbox.has('s'), said]).toEqual([false, []]);
  });
});

describe('an outcome that a later try may bring', () => {
  it.each([
    [401, 'unauthenticated'],
    [408, 'timeout'],
    [425, 'too_early'],
    [429, 'rate_limited'],
    [503, 'unavailable'],
    // Somebody between the two: what they think of a tool's words must not hide them from Belay.
    [403, undefined],
    [404, undefined],
  ])('holds its session while it is answered %i %s', async (status, code) => {
    answers = { 'd-1': code === undefined ? { status } : { status, code } };
    outbox.report('s', 'd-1', READ);
    outbox.report('s', 'd-2', READ);
    await expect(outbox.settle('s')).rejects.toMatchObject({ status });
    expect(outbox.has('s')).toBe(true);
    expect(onDisk()).toBeGreaterThan(0);
    expect(asked).not.toContain('d-2');
    answers = {};
    await outbox.settle('s');
    expect(asked.slice(-2)).toEqual(['d-1', 'd-2']);
    expect([outbox.has('s'), said, onDisk()]).toEqual([false, [], 0]);
  });
});
