/** Reads on an earlier answer: only those that Belay marks, only while its stream is open, and each of them told afterwards. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { raisePlane, setStage, type AgentStage } from '@/lib/http/testing/agent-stage';
import { createOverride } from '@/lib/services/overrides/create';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { putTool } from '@/lib/services/tools/put';
import { makeTool, nobody } from '@/lib/services/testing/fixture';
import type { Belay, BelayOptions, Guarded } from './index.js';

let plane: Awaited<ReturnType<typeof raisePlane>>;
let stage: AgentStage;
beforeEach(async () => {
  plane = await raisePlane();
  stage = await setStage(plane.url);
});
afterEach(async () => {
  await stage.end();
  await plane.close();
});

/** Belay's word that an answer holds for seconds, drawn out to an hour: what ends it in a test is never the time. */
const drawnOut: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!new Request(input).url.includes('/access/v1/')) return response;
  const text = await response.text();
  const { status, headers } = response;
  return new Response(text.replaceAll(/"cacheableFor":\d+/g, '"cacheableFor":3600'), {
    status,
    headers,
  });
};

type Read = (args?: object) => Promise<Guarded<string>>;

function reader(options: Partial<BelayOptions> = {}, tool = 'note.read'): [Belay, Read] {
  const belay = stage.belay({ cacheReads: true, retries: 1, fetch: drawnOut, ...options });
  const guarded = belay.guard(tool, (_: object) => 'text', {
    resource: { type: 'note', id: 'n-1' },
  });
  return [belay, (args = {}) => guarded(args)];
}

/** Looks until what is found is as it should be. */
async function until<Found>(read: () => Promise<Found>, holds: (result: Found) => boolean) {
  for (;;) {
    const result = await read();
    if (holds(result)) return result;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isCached = (result: Guarded<string>) => result.state === 'ran' && result.cached;

describe('a read that Belay lets stand', () => {
  it('is not asked about again, and Belay hears of every one', async () => {
    const [belay, read] = reader();
    await until(read, isCached);
    const before = (await stage.recorded()).length;
    const results = await Promise.all(Array.from({ length: 20 }, () => read()));
    expect(results.every(isCached)).toBe(true);
    await belay.flush();
    const after = await stage.recorded();
    expect(after.length).toBeGreaterThanOrEqual(before + 20);
    expect(new Set(after.map(({ outcome, status }) => `${outcome} ${status}`))).toEqual(
      new Set(['allow succeeded']),
    );
  });

  it('stands for the very same call, and for none like it', async () => {
    const [, read] = reader();
    await until(read, isCached);
    expect(await read({ page: 2 })).toMatchObject({ state: 'ran', cached: false });
  });

  it('is asked about each time unless it is asked to be kept', async () => {
    const [, read] = reader({ cacheReads: false });
    await read();
    expect(await read()).toMatchObject({ cached: false });
  });

  it('stands no longer once a kill switch holds', async () => {
    const [, read] = reader();
    await until(read, isCached);
    await setKillSwitch(stage.workspace.as('manager'), {
      scope: { type: 'tool', value: 'note.read' },
      mode: 'halt',
      reason: 'Stop',
    });
    expect(await until(read, ({ state }) => state === 'denied')).toMatchObject({
      reasons: [{ code: 'switch.halt' }],
    });
  });

  it('stands no longer once the agent is trusted less, or a rule is another', async () => {
    const [, read] = reader();
    const fresh = (result: Guarded<string>) => result.state === 'ran' && !result.cached;
    await until(read, isCached);
    const until3 = new Date(Date.now() + 3_600_000).toISOString();
    const pin = { rung: 3 as const, until: until3, reason: 'Less' };
    await createOverride(nobody(stage.workspace), stage.agentId, pin);
    await until(read, fresh);
    // On rung 3 nothing stands at all.
    expect(await read()).toMatchObject({ cached: false });
    await createOverride(nobody(stage.workspace), stage.agentId, { ...pin, rung: 4 });
    await until(read, isCached);
    await makeTool(stage.workspace, 'note.read', { dataClass: 'restricted' });
    await until(read, (result) => !isCached(result));
    expect(isCached(await read())).toBe(false);
  });

  it('stands no longer when Belay is away: nothing runs', async () => {
    const [, read] = reader({ retries: 0 });
    await until(read, isCached);
    await plane.close();
    const away = await (async () => {
      for (;;) {
        try {
          await read();
        } catch (error) {
          return error;
        }
      }
    })();
    expect(away).toMatchObject({ code: 'no_answer' });
    await expect(read()).rejects.toMatchObject({ code: 'no_answer' });
  });
});

describe('a read in a session', () => {
  /** Reads on an earlier answer, and asks for something else in the same session. */
  async function begin(options: Partial<BelayOptions> = {}) {
    const belay = stage.belay({ cacheReads: true, retries: 0, fetch: drawnOut, ...options });
    const session = await belay.session({ request: 'Read the note' });
    const resource = { type: 'note', id: 'n-1' };
    const read = session.guard('note.read', (_: object) => 'text', { resource });
    await until(() => read({}), isCached);
    return session.guard('note.write', (_: object) => 'written', { resource });
  }

  it('is told before the next call is asked about, or nothing is', async () => {
    let away = true;
    const write = await begin({
      fetch: (input, init) =>
        away && typeof init?.body === 'string' && init.body.includes('"cached":true')
          ? Promise.reject(new TypeError('away'))
          : drawnOut(input, init),
    });
    await expect(write({})).rejects.toMatchObject({ code: 'no_answer' });
    away = false;
    expect(await write({})).toMatchObject({ state: 'ran' });
    const reads = (await stage.recorded()).filter(({ tool }) => tool === 'note.read');
    expect(reads.length).toBeGreaterThanOrEqual(2);
    expect(reads.every(({ status }) => status === 'succeeded')).toBe(true);
  });

  /** A read on an earlier answer that Belay hears of only after something has changed. */
  async function readBefore(change: () => Promise<unknown>) {
    let away = true;
    const write = await begin({
      fetch: (input, init) =>
        away && typeof init?.body === 'string' && init.body.includes('"cached":true')
          ? Promise.reject(new TypeError('away'))
          : drawnOut(input, init),
    });
    await change();
    away = false;
    return write;
  }

  const texts = () =>
    sql<{ text: string }>('SELECT text FROM session_reads WHERE workspace_id = $1', [
      stage.workspace.id,
    ]);

  it('that a person would have to approve by now is denied, waits for nobody, and is known to the session', async () => {
    await makeTool(stage.workspace, 'note.read', { untrustedOutput: true });
    const write = await readBefore(async () => {
      const changed = { untrustedOutput: true, dataClass: 'restricted' } as const;
      await makeTool(stage.workspace, 'note.read', changed);
      const until2 = new Date(Date.now() + 3_600_000).toISOString();
      const pin = { rung: 2 as const, until: until2, reason: 'Less' };
      await createOverride(nobody(stage.workspace), stage.agentId, pin);
    });
    const before = (await texts()).length;
    // Whether it may write on rung 2 is another question: it is asked, with the read known.
    void write({}).catch(() => undefined);
    await until(
      async () => (await stage.recorded()).filter(({ tool }) => tool === 'note.write'),
      (asked) => asked.length > 0,
    );
    const late = (await stage.recorded()).filter(({ outcome }) => outcome === 'deny');
    expect(late).toEqual([expect.objectContaining({ tool: 'note.read', status: 'succeeded' })]);
    expect((await texts()).length).toBe(before + 1);
    const waiting = await sql<{ tool: string }>(
      'SELECT tool FROM approvals WHERE workspace_id = $1',
      [stage.workspace.id],
    );
    expect(waiting.filter(({ tool }) => tool === 'note.read')).toEqual([]);
  });

  it('that a kill switch would have stopped by now is known to the session, which goes on', async () => {
    const write = await readBefore(() =>
      setKillSwitch(stage.workspace.as('manager'), {
        scope: { type: 'tool', value: 'note.read' },
        mode: 'halt',
        reason: 'Stop',
      }),
    );
    expect(await write({})).toMatchObject({ state: 'ran' });
    const denied = (await stage.recorded()).filter(({ outcome }) => outcome === 'deny');
    expect(denied).toEqual([expect.objectContaining({ tool: 'note.read', status: 'succeeded' })]);
  });
});

describe('Belay lets stand', () => {
  const cacheable = async (tool: string) =>
    (
      await stage.belay().client.evaluate({
        action: { name: tool },
        resource: { type: 'note', id: 'n-1' },
      })
    ).context.cacheableFor;

  it('plain reads of an agent that acts alone, for seconds', async () => {
    expect(await cacheable('note.read')).toBe(10);
  });

  it('nothing with an effect, nothing sensitive, nothing nobody described', async () => {
    for (const tool of ['note.write', 'mail.send', 'salary.read', 'never.described'])
      expect(await cacheable(tool)).toBeUndefined();
    await putTool(stage.workspace.as('manager'), {
      name: 'search.web',
      sideEffect: 'none',
      reversible: true,
      egress: true,
      dataClass: 'public',
      untrustedOutput: true,
      risk: 'low',
      tags: [],
    });
    expect(await cacheable('search.web')).toBeUndefined();
  });

  it('nothing that is limited in number, and nothing below rung 4', async () => {
    const budgets = [{ tool: 'note.read', maxActions: 5, perSeconds: 60 }];
    stage = await setStage(plane.url, { pact: { tools: ['*'], budgets } });
    expect(await cacheable('note.read')).toBeUndefined();
    stage = await setStage(plane.url, { rung: 3 });
    expect(await cacheable('note.read')).toBeUndefined();
  });
});
