/** A key and its effect are there together or not at all, whatever dies in between. */
import { beforeEach, describe, expect, it } from 'vitest';
import { consoleActor, type Actor } from '@/lib/auth';
import { newId, sql, withTransaction } from '@/lib/db';
import { postTool } from '@/lib/http/console/governance';
import { postKillSwitch } from '@/lib/http/console/kill-switches';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { once } from './idempotent';
import { makeFleet, type Fleet } from './testing/fleet';

const ORIGIN = 'http://localhost:3000';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await makeFleet();
});

/** Ends the connection as the death of its process would. */
const killOwnConnection = (run: typeof sql) => run('SELECT pg_terminate_backend(pg_backend_pid())');

describe('a creation with a key', () => {
  const request = (key: string) =>
    new Request(`${ORIGIN}/api/v1/tools`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fleet.key('manager')}`, 'idempotency-key': key },
    });

  /** Writes one row through `withTransaction`, as services do, and then whatever comes. */
  async function addSession(key: string, then: () => Promise<unknown>): Promise<{ id: string }> {
    const sent = request(key);
    const actor: Actor = await consoleActor(sent);
    return once({ request: sent, actor, body: {}, now: new Date() }, async () => {
      const id = `s-${newId()}`;
      await withTransaction((run) =>
        run(
          `INSERT INTO sessions (workspace_id, id, agent_id, request, created_at) VALUES ($1, $2, $3, 'x', now())`,
          [fleet.workspace.id, id, fleet.agentId],
        ),
      );
      await then();
      return { id };
    });
  }
  const sessions = async () =>
    (await sql('SELECT 1 FROM sessions WHERE workspace_id = $1', [fleet.workspace.id])).length;
  const nothing = () => Promise.resolve();

  it('leaves nothing when its process dies after the effect was written', async () => {
    const key = newId();
    await expect(addSession(key, () => killOwnConnection(sql))).rejects.toThrow();
    expect(await sessions()).toBe(0);
    const made = await addSession(key, nothing);
    expect(await addSession(key, nothing)).toEqual(made);
    expect(await sessions()).toBe(1);
  });

  it('does not say again that something is stopped when that was released', async () => {
    const key = newId();
    const put = async () => {
      const sent = new Request(request(key), {
        body: JSON.stringify({
          scope: { type: 'agent', value: fleet.agentId },
          mode: 'halt',
          reason: 'Looks wrong',
        }),
      });
      sent.headers.set('content-type', 'application/json');
      const response = await postKillSwitch(sent, { params: Promise.resolve({}) });
      return { status: response.status, body: (await response.json()) as Record<string, string> };
    };
    const first = await put();
    expect([first.status, await put()]).toEqual([201, first]);
    expect(first.body).toMatchObject({ ended: { approvals: 0, permits: 0 } });
    await releaseKillSwitch(fleet.workspace.as('manager'), first.body['id'] ?? '', 'All is well');
    expect(await put()).toMatchObject({ status: 409, body: { code: 'switch_released' } });
  });

  it('keeps others with its key waiting only as long as it lives', async () => {
    const key = newId();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const first = addSession(key, () => {
      begun();
      return held;
    });
    await started;
    await expect(addSession(key, nothing)).rejects.toMatchObject({ code: 'in_progress' });
    release();
    const made = await first;
    expect(await addSession(key, nothing)).toEqual(made);
    expect(await sessions()).toBe(1);
  });

  it('holds for real routes: the ledger says once what was done once', async () => {
    const key = newId();
    const put = async () => {
      const sent = new Request(request(key), {
        body: JSON.stringify({
          name: 'note.count',
          sideEffect: 'none',
          reversible: true,
          egress: false,
          dataClass: 'internal',
          risk: 'low',
        }),
      });
      sent.headers.set('content-type', 'application/json');
      const response = await postTool(sent, { params: Promise.resolve({}) });
      return [response.status, await response.json()] as const;
    };
    const before = (await fleet.ledger()).length;
    const first = await put();
    expect(first[0]).toBe(201);
    expect(await put()).toEqual(first);
    expect((await fleet.ledger()).slice(before)).toEqual(['tool.put']);
  });
});
