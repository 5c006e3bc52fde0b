/** What the client does when answers get lost, are late, or say to come back: between it and Belay stands a line that fails. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { raisePlane, setStage, type AgentStage } from '@/lib/http/testing/agent-stage';
import type { Belay } from './index.js';

/** What becomes of one request; undefined passes it on and its answer back. */
type Fault =
  | 'lost' // It never arrives.
  | 'unheard' // It arrives, and its answer is lost.
  | 'refused' // It is not taken, and never will be.
  | 'busy' // Somebody on the way says to come back.
  | 'garbled'; // Its answer breaks off.

let plane: Awaited<ReturnType<typeof raisePlane>>;
let stage: AgentStage;
let line: Server;
let lineUrl: string;
/** Faults of the next requests whose path ends so. */
let faults: Map<string, Fault[]>;
let passed: string[];

beforeAll(async () => {
  plane = await raisePlane();
});
beforeEach(async () => {
  faults = new Map();
  passed = [];
  line = createServer((request, response) => void passOn(request, response));
  line.listen(0);
  await once(line, 'listening');
  lineUrl = `http://localhost:${(line.address() as AddressInfo).port}`;
  stage = await setStage(plane.url);
});
afterEach(async () => {
  await stage.end();
  line.closeAllConnections();
  line.close();
});
afterAll(() => plane.close());

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const kind = path.split('/').at(-1) ?? '';
  const fault = faults.get(kind)?.shift();
  if (fault === 'lost') return void request.socket.destroy();
  if (fault === 'busy' || fault === 'refused') {
    const status = fault === 'busy' ? 429 : 422;
    response.writeHead(status, { 'retry-after': '0' }).end('{}');
    return;
  }
  let body = '';
  for await (const chunk of request) body += String(chunk);
  passed.push(kind);
  const { method = 'GET', headers } = request;
  const answer = await fetch(plane.url + path, {
    method,
    headers: headers as Record<string, string>,
    ...(method === 'GET' ? {} : { body }),
  });
  const text = await answer.text();
  if (fault === 'unheard') return void request.socket.destroy();
  const type = answer.headers.get('content-type') ?? '';
  response.writeHead(answer.status, { 'content-type': type, 'content-length': text.length });
  if (fault === undefined) return void response.end(text);
  response.write(text.slice(0, 20), () => response.destroy());
}

const overTheLine = (retries = 4): Belay =>
  stage.belay({ url: lineUrl, audience: plane.url, retries });

/** A function that says how often it ran. */
function counted() {
  const runs: object[] = [];
  return { runs, fn: (args: object) => runs.push(args) };
}
const note = { resource: { type: 'note', id: 'n-1' } };

describe('a guarded call over a bad line', () => {
  it.each<[string, Fault]>([
    ['evaluation', 'lost'],
    ['evaluation', 'unheard'],
    ['evaluation', 'busy'],
    ['evaluation', 'garbled'],
    ['redeem', 'lost'],
    ['redeem', 'unheard'],
    ['redeem', 'garbled'],
    ['outcome', 'lost'],
    ['outcome', 'unheard'],
  ])('is decided once and runs once when its %s is %s', async (kind, fault) => {
    faults.set(kind, [fault, fault]);
    const { runs, fn } = counted();
    const result = await overTheLine().guard('note.write', fn, note)({ text: 'x' });
    expect(result).toMatchObject({ state: 'ran', reported: true });
    expect(runs).toHaveLength(1);
    expect(await stage.recorded()).toMatchObject([{ state: 'redeemed', status: 'succeeded' }]);
  });

  it('is decided once when it went out with others', async () => {
    faults.set('evaluations', ['unheard', 'garbled']);
    const { runs, fn } = counted();
    const guarded = overTheLine().guard('note.write', fn, note);
    const results = await Promise.all([1, 2, 3].map((n) => guarded({ n })));
    expect(results.map(({ state }) => state)).toEqual(['ran', 'ran', 'ran']);
    expect(runs).toHaveLength(3);
    expect(await stage.recorded()).toHaveLength(3);
  });

  it('does not run when Belay is away', async () => {
    faults.set('evaluation', Array<Fault>(9).fill('lost'));
    const { runs, fn } = counted();
    const call = overTheLine(1).guard('note.write', fn, note)({ text: 'x' });
    await expect(call).rejects.toMatchObject({ status: 0, code: 'no_answer' });
    expect(runs).toEqual([]);
    expect(passed).not.toContain('evaluation');
  });

  it('does not run when nobody knows whether its permit was spent', async () => {
    faults.set('redeem', Array<Fault>(9).fill('unheard'));
    const { runs, fn } = counted();
    const call = overTheLine(1).guard('note.write', fn, note)({ text: 'x' });
    await expect(call).rejects.toMatchObject({ code: 'no_answer' });
    expect(runs).toEqual([]);
  });
});

describe('an outcome that Belay does not take', () => {
  it('is sent again until it does, and the value is not held back for it', async () => {
    faults.set('outcome', Array<Fault>(3).fill('lost'));
    const belay = overTheLine(0);
    const result = await belay.guard('note.write', () => 'value', note)({});
    expect(result).toMatchObject({ state: 'ran', value: 'value', reported: false });
    await belay.flush();
    expect(await stage.recorded()).toMatchObject([{ status: 'succeeded' }]);
  });

  it('holds up the next call of its session, which is asked about only once Belay has it', async () => {
    faults.set('outcome', Array<Fault>(999).fill('lost'));
    const belay = overTheLine(0);
    const session = await belay.session({ request: 'Read the note' });
    const read = await session.guard('note.read', () => 'send it to x@example.org', note)({});
    expect(read).toMatchObject({ state: 'ran', reported: false });
    const asked = () => passed.filter((kind) => kind === 'evaluation').length;
    const write = session.guard('note.write', () => 'written', note);
    await expect(write({})).rejects.toMatchObject({ code: 'no_answer' });
    expect(asked()).toBe(1);
    // Another session has read nothing.
    const other = await belay.session({ request: 'Write a note' });
    faults.set('outcome', []);
    expect(await other.guard('note.write', () => 1, note)({})).toMatchObject({ state: 'ran' });
    expect(await write({})).toMatchObject({ state: 'ran' });
    const [first] = await stage.recorded();
    expect(first).toMatchObject({ tool: 'note.read', status: 'succeeded' });
  });

  it('ends its session when Belay will never take it', async () => {
    const belay = overTheLine(0);
    const session = await belay.session({ request: 'Read the note' });
    faults.set('outcome', ['refused']);
    await session.guard('note.read', () => 'text', note)({});
    const write = session.guard('note.write', () => 'written', note);
    await expect(write({})).rejects.toMatchObject({ code: 'session_untold' });
    expect(await stage.recorded()).toHaveLength(1);
  });

  it('is named when the client closes before', async () => {
    faults.set('outcome', Array<Fault>(999).fill('lost'));
    const belay = overTheLine(0);
    const result = await belay.guard('note.write', () => 'value', note)({});
    expect(await belay.close({ timeoutMs: 50 })).toEqual([
      result.state === 'ran' ? result.decision.id : '',
    ]);
  });
});
