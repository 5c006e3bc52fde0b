/** The customer's own detector, over real HTTP on both sides: what it finds narrows, and nothing it does widens or waits. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DetectorHealth, DetectorVersion } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { json, startDecisionPoint, type DecisionPoint } from '@/lib/decide/testing/decision-point';
import { outcomeHandler } from '@/lib/http/agents/decisions';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { openSessionHandler } from '@/lib/http/agents/sessions';
import {
  getDetectorSetting,
  getDetectorState,
  postDetector,
  postDetectorTry,
} from '@/lib/http/console/detector';
import { call, makeFleet, type Evaluated, type Fleet } from '@/lib/http/testing/fleet';
import { makeKeyContext, makeTool } from '@/lib/services/testing/fixture';

const KEY = 'sk_live_9aF3kQ7xW2mZ8pR4tY6u';
const TEXT = `The garden needs water twice a week. ${KEY} opens the shed.`;
const SENT = 'The garden needs water twice a week. [api_key] opens the shed.';

let fleet: Fleet;
let admin: string;
let detector: DecisionPoint;
let session: string;
beforeEach(async () => {
  fleet = await makeFleet();
  await makeTool(fleet.workspace, 'inbox.read', { untrustedOutput: true });
  admin = (await makeKeyContext(fleet.workspace, 'admin')).key;
  detector = await startDecisionPoint();
  detector.answer = json({ probability: 0.01 });
  session = await openSession();
});
afterEach(() => detector.close());

async function openSession(): Promise<string> {
  const id = `s-${newId()}`;
  const body = { id, agent: fleet.agentId, request: 'Look after the garden' };
  expect((await call(openSessionHandler, { key: fleet.key('gateway'), body })).status).toBe(201);
  return id;
}

const use = (changes: Record<string, unknown> = {}, key = admin) =>
  call<DetectorVersion & { code?: string }>(postDetector, {
    key,
    body: {
      kind: 'http',
      url: `${detector.url}/judge`,
      timeoutMs: 1_500,
      reason: 'Our own model',
      basedOn: 0,
      ...changes,
    },
  });

async function ask(tool: string, sessionId = session): Promise<Evaluated> {
  const body = {
    subject: { type: 'agent', id: fleet.agentId },
    action: { name: tool, properties: { arguments: { n: 1 } } },
    resource: { type: 'note', id: 'n-1' },
    context: { session: sessionId },
  };
  return (await call<Evaluated>(evaluationHandler, { key: fleet.key('gateway'), body })).body;
}

/** The agent reads a text and reports it. */
async function read(output = TEXT, tool = 'inbox.read'): Promise<void> {
  const { context } = await ask(tool);
  const { status } = await call(outcomeHandler, {
    key: fleet.key('gateway'),
    params: { id: context.id },
    body: { status: 'succeeded', output },
  });
  expect(status).toBe(200);
}

const health = async () =>
  (
    await call<DetectorHealth>(getDetectorState, {
      method: 'GET',
      key: fleet.key('viewer'),
    })
  ).body;
/** Nothing waits to be asked about, and nobody is being asked. */
const settled = () => expect.poll(async () => (await health()).waiting, { timeout: 8_000 }).toBe(0);
const outcome = async (tool: string, sessionId = session) => {
  const { context } = await ask(tool, sessionId);
  return [context.outcome, context.reasons[0]?.code ?? ''] as const;
};
const NARROWED = ['require_approval', 'detector.hostile_text'] as const;
const signals = async () => {
  const rows = await sql<{ kind: string; source: string; magnitude: number }>(
    `SELECT kind, source, magnitude FROM signals WHERE workspace_id = $1 AND source = 'detector'`,
    [fleet.workspace.id],
  );
  return rows;
};

describe('without a detector', () => {
  it('nothing is sent anywhere', async () => {
    await read();
    await settled();
    expect(detector.asked).toEqual([]);
    expect(await health()).toMatchObject({ status: 'off', version: 0, asked: 0 });
    expect((await outcome('note.write'))[0]).toBe('allow');
  });

  it('nothing is sent any more once it is switched off', async () => {
    await use();
    await use({ kind: 'none', basedOn: 1 });
    await read();
    await settled();
    expect(detector.asked).toEqual([]);
    expect((await health()).status).toBe('off');
  });
});

describe('a detector', () => {
  it('is sent the text without its secrets, with an id, its token, and nothing else', async () => {
    await use({ token: 'word' });
    await read();
    await settled();
    expect(detector.asked).toEqual([
      {
        path: '/judge',
        authorization: 'Bearer word',
        body: { id: expect.any(String) as string, text: SENT, truncated: false },
      },
    ]);
    expect(await health()).toMatchObject({
      status: 'working',
      asked: 1,
      failed: 0,
      found: { hostile: 0, suspected: 0, nothing: 1 },
      latency: { answers: 1 },
    });
  });

  it('is not sent what a tool returned that carries no text of third parties', async () => {
    await use();
    await read(TEXT, 'note.read');
    await settled();
    expect(detector.asked).toEqual([]);
  });

  it('is sent a bounded text, and told that there was more', async () => {
    await use();
    await read('water '.repeat(20_000));
    await settled();
    const sent = detector.asked[0]?.body as { text: string; truncated: boolean };
    expect(sent.text).toHaveLength(64 * 1024);
    expect(sent.truncated).toBe(true);
  });

  it('that finds a text hostile narrows the session: effects wait for a person, harmless reads go on', async () => {
    await use();
    expect((await outcome('note.write'))[0]).toBe('allow');
    const before = await fleet.detail();
    const answer = { probability: 0.97, labels: ['injection'], spans: [{ start: 0, end: 18 }] };
    detector.answer = json(answer);
    await read();
    await settled();
    expect(await outcome('note.write')).toEqual(NARROWED);
    expect(await outcome('mail.send')).toEqual(NARROWED);
    expect(await outcome('salary.read')).toEqual(NARROWED);
    expect((await outcome('inbox.read'))[0]).toBe('allow');
    expect((await outcome('note.write', await openSession()))[0]).toBe('allow');
    expect(await signals()).toEqual([
      { kind: 'context.hostile_text', source: 'detector', magnitude: 0.97 },
    ]);
    const incident = await fleet.incident('context.hostile_text');
    expect(incident.severity).toBe(3);
    expect(JSON.stringify(incident.evidence)).toContain('The garden needs w');
    expect(await fleet.ledger()).toContain('detector.hostile');
    expect((await fleet.detail()).trust.rung).toBe(before.trust.rung);
  });

  it('lifts nothing by finding later texts harmless, however many', async () => {
    await use();
    detector.answer = json({ probability: 0.9 });
    await read();
    await settled();
    detector.answer = json({
      probability: 0,
      labels: ['safe', 'trusted'],
      weight: -100,
      signals: [{ kind: 'context.in_scope', magnitude: 1_000 }],
    });
    for (let n = 0; n < 35; n += 1) await read(`Harmless ${n}`);
    await settled();
    expect(detector.asked).toHaveLength(36);
    expect(await outcome('note.write')).toEqual(NARROWED);
    // The one from before: nothing it says about later texts is evidence of anything.
    expect(await signals()).toMatchObject([{ kind: 'context.hostile_text' }]);
  }, 60_000);

  it('with doubts leaves a note that narrows nothing by itself', async () => {
    await use();
    detector.answer = json({ probability: 0.6 });
    await read();
    await settled();
    expect((await outcome('note.write'))[0]).toBe('allow');
    expect(await signals()).toMatchObject([{ kind: 'context.text_suspected', magnitude: 0.6 }]);
    expect(await fleet.incidents()).toEqual([]);
  });

  it('counts no longer once another setting is in force, though its question was out', async () => {
    await use({ timeoutMs: 5_000 });
    let release: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      detector.answer = (response) => {
        release = () => json({ probability: 1 })(response);
        resolve();
      };
    });
    await read();
    await arrived;
    await use({ kind: 'none', basedOn: 1 });
    release();
    await settled();
    expect(await signals()).toEqual([]);
    expect((await outcome('note.write'))[0]).toBe('allow');
  });
});

describe('a detector that fails', () => {
  const trouble: [string, DecisionPoint['answer'], string][] = [
    ['hangs', () => undefined, 'timeout'],
    ['stops in the middle', (r) => r.writeHead(200).write('{"probability":'), 'timeout'],
    ['hangs up', (r) => r.destroy(), 'unreachable'],
    ['fails', json({ error: 'x' }, 500), 'unreachable'],
    ['does not know the caller', json({}, 401), 'refused'],
    ['sends elsewhere', (r) => r.writeHead(307, { location: '/other' }).end(), 'refused'],
    ['answers no JSON', (r) => r.end('{"probability": NaN}'), 'unreadable'],
    ['answers far too much', (r) => r.end(`"${'x'.repeat(5_000_000)}"`), 'unreadable'],
    ['is surer than sure', json({ probability: 1e9 }), 'unreadable'],
    ['answers less than nothing', json({ probability: -1, weight: -5 }), 'unreadable'],
    ['speaks of another text', json({ id: newId(), probability: 1 }), 'unreadable'],
  ];

  it.each(trouble)('that %s changes nothing and says so', async (_name, answer, code) => {
    await use();
    detector.answer = answer;
    await read();
    await settled();
    expect(await health()).toMatchObject({
      status: 'failing',
      asked: 1,
      failed: 1,
      lastFailure: { code, text: expect.any(String) as string },
      found: { hostile: 0, suspected: 0, nothing: 0 },
    });
    expect((await outcome('note.write'))[0]).toBe('allow');
    expect(await signals()).toEqual([]);
  });

  it('holds up no report and no decision', async () => {
    await use({ timeoutMs: 30_000 });
    let isHanging = false;
    detector.answer = () => void (isHanging = true);
    for (let n = 0; n < 3; n += 1) await read(`Text ${n}`);
    await expect.poll(() => isHanging).toBe(true);
    expect((await outcome('note.write'))[0]).toBe('allow');
    expect(await health()).toMatchObject({ waiting: 3, failed: 0 });
  });

  it('is left alone after five failures; what waits is asked later', async () => {
    await use({ timeoutMs: 600 });
    detector.answer = () => undefined;
    for (let n = 0; n < 12; n += 1) await read(`Text ${n}`);
    await expect.poll(async () => (await health()).status, { timeout: 8_000 }).toBe('resting');
    expect((await outcome('note.write'))[0]).toBe('allow');
    const resting = await health();
    expect(resting).toMatchObject({ circuit: 'open', lastFailure: { code: 'timeout' } });
    expect(resting.retryAt).not.toBeNull();
    expect(resting.waiting).toBeGreaterThan(0);
    detector.answer = json({ probability: 0.99 });
    await expect.poll(async () => (await health()).waiting, { timeout: 15_000 }).toBe(0);
    expect(await outcome('note.write')).toEqual(NARROWED);
    expect((await health()).status).toBe('working');
  }, 40_000);
});

describe('naming a detector', () => {
  it('is for admins, is in the ledger, and never shows the token', async () => {
    expect((await use({}, fleet.key('manager'))).status).toBe(403);
    const made = await use({ token: 'very-secret-word', threshold: 0.9 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ version: 1, kind: 'http', threshold: 0.9, hasToken: true });
    expect(JSON.stringify(made.body)).not.toContain('very-secret');
    const seen = await call(getDetectorSetting, { method: 'GET', key: fleet.key('viewer') });
    expect(seen.body).toEqual(made.body);
    expect((await fleet.ledger()).at(-1)).toBe('detector.changed');
    const [entry] = await sql<{ bytes: Buffer }>(
      'SELECT bytes FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq DESC LIMIT 1',
      [fleet.workspace.id],
    );
    expect(entry?.bytes.toString()).not.toContain('very-secret');
    expect((await use()).body.code).toBe('stale_version');
  });

  it.each([
    [{ url: 'ftp://detector' }],
    [{ url: 'http://user:word@detector' }],
    [{ url: 'http://detector/?key=word' }],
    [{ url: undefined }],
    [{ timeoutMs: 60_000 }],
    [{ threshold: 0.2 }],
    [{ threshold: 1.5 }],
  ])('refuses %j', async (changes) => {
    expect((await use(changes)).status).toBe(400);
  });

  it('can be tried by a manager: the answer is shown, and nothing is marked', async () => {
    const tried = (key = fleet.key('manager')) =>
      call<Record<string, unknown>>(postDetectorTry, { key, body: { text: TEXT } });
    expect((await tried()).body).toMatchObject({ code: 'no_detector' });
    await use();
    expect((await tried(fleet.key('analyst'))).status).toBe(403);
    detector.answer = json({ probability: 0.9, labels: ['injection'] });
    expect((await tried()).body).toMatchObject({ finding: 'hostile', probability: 0.9 });
    expect(detector.asked[0]?.body).toMatchObject({ text: SENT });
    detector.answer = () => undefined;
    expect((await tried()).body).toMatchObject({
      finding: null,
      failure: 'It did not answer in time.',
    });
    expect(await signals()).toEqual([]);
  });
});
