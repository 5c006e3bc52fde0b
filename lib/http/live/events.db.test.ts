import { beforeEach, describe, expect, it } from 'vitest';
import type { LiveEvent } from '@/lib/contracts';
import { signIn } from '@/lib/auth/testing/cookie';
import { revokeLogin } from '@/lib/auth/logins';
import { sql } from '@/lib/db';
import { issueAgentToken } from '@/lib/auth/agents';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { recordSignals } from '@/lib/services/signals/record';
import {
  makeAgent,
  makeKeyContext,
  makeTrustedAgent,
  makeWorkspace,
  makeWriteTool,
  nobody,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { makeSigningAgent } from '@/lib/http/testing/signing-agents';
import { signedRequest } from '@/lib/http/testing/signed-requests';
import { getEvents } from './events';
import { feedOf } from './feed';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

async function connect(headers: Record<string, string> = {}, loginOf = workspace) {
  const login = await signIn(loginOf.as('viewer').actor.personId);
  const abort = new AbortController();
  const request = new Request(`http://localhost:3000/api/v1/events?workspace=${workspace.slug}`, {
    headers: { cookie: login.cookie, ...headers },
    signal: abort.signal,
  });
  const response = await getEvents(request, { params: Promise.resolve({}) });
  return { login, abort, response, text: reading(response) };
}

/** Collects what the stream says, as it says it. */
function reading(response: Response) {
  const seen = { text: '', ended: false };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) seen.text += decoder.decode(chunk);
    seen.ended = true;
  })();
  return seen;
}

async function until(condition: () => boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('live events', () => {
  it('announce a change when it happens', async () => {
    const { text, response, abort } = await connect();
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await until(() => text.text.includes('event: resync'));
    await makeWriteTool(workspace, 'a.tool');
    await until(() => text.text.includes('tool.changed'));
    expect(text.text).toContain('"subjectId":"a.tool"');
    abort.abort();
  });

  it('give a client that comes back what it missed', async () => {
    await makeWriteTool(workspace, 'one');
    await makeWriteTool(workspace, 'two');
    const { text, abort } = await connect({ 'last-event-id': '1' });
    await until(() => text.text.includes('two'));
    expect(text.text).not.toContain('"one"');
    expect(text.text).toContain('id: 2\n');
    abort.abort();
  });

  it('tell a client to load again when what it missed is forgotten', async () => {
    for (const name of ['one', 'two', 'three']) await makeWriteTool(workspace, name);
    await sql('DELETE FROM outbox WHERE workspace_id = $1 AND seq < 3', [workspace.id]);
    const { text, abort } = await connect({ 'last-event-id': '1' });
    await until(() => text.text.includes('resync'));
    expect(text.text).toContain('event: resync');
    abort.abort();
  });

  it('end within five seconds once the login is revoked, and free the listener', async () => {
    const { login, text } = await connect();
    await until(() => feedOf(workspace.id).listeners === 1);
    await revokeLogin(sql, login.loginId, new Date());
    await until(() => text.ended, 5_000);
    expect(text.ended).toBe(true);
    expect(feedOf(workspace.id).listeners).toBe(0);
  });

  it('free the listener when the browser goes away', async () => {
    const { abort } = await connect();
    await until(() => feedOf(workspace.id).listeners === 1);
    abort.abort();
    expect(feedOf(workspace.id).listeners).toBe(0);
  });

  it('are so many for one caller, who is told when to come back, and whoever leaves makes room', async () => {
    const open = await Promise.all(Array.from({ length: 64 }, () => connect()));
    expect(open.map(({ response }) => response.status)).toEqual(open.map(() => 200));
    const { response } = await connect();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('10');
    open[0]?.abort.abort();
    const again = await connect();
    expect(again.response.status).toBe(200);
    for (const { abort } of [...open, again]) abort.abort();
    expect(feedOf(workspace.id).listeners).toBe(0);
  });

  it('are not for people of another workspace', async () => {
    const { response } = await connect({}, await makeWorkspace());
    expect(response.status).toBe(404);
  });
});

describe('the live events of an agent', () => {
  /** What the agent hears from the moment on from which it misses nothing. */
  async function listenAs(agentId: string) {
    const actor = { kind: 'agent', agentId, workspaceId: workspace.id } as const;
    const token = await issueAgentToken(actor, Date.now());
    const abort = new AbortController();
    const request = new Request('http://localhost:3000/api/v1/events', {
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    const text = reading(await getEvents(request, { params: Promise.resolve({}) }));
    await until(() => text.text.includes('event: resync'));
    const events = () =>
      [...text.text.matchAll(/^data: (.*"seq".*)$/gm)].map(
        ([, data = '']) => JSON.parse(data) as LiveEvent,
      );
    return { actor, abort, text, events };
  }
  const halt = (value: string) =>
    setKillSwitch(workspace.as('manager'), {
      scope: { type: 'agent', value },
      mode: 'halt',
      reason: 'Stop',
    });

  it('are about itself and about what holds for all, and say where it stands', async () => {
    const [own, other] = [await makeTrustedAgent(workspace), await makeAgent(workspace)];
    const { actor, abort, events } = await listenAs(own.id);
    await halt(other.id);
    await makeWriteTool(workspace, 'a.tool');
    const event = {
      specversion: '1.0' as const,
      id: 'e-1',
      source: 'itself',
      type: 'belay.signal.outcome.task_failed',
      data: {},
    };
    await recordSignals({ actor, now: Date.now() }, [event]);
    await until(() => events().some(({ type }) => type === 'trust.changed'));
    expect(events().find(({ type }) => type === 'tool.changed')?.subjectId).toBeNull();
    expect(events().find(({ type }) => type === 'trust.changed')?.trust).toEqual({
      score: expect.any(Number) as number,
      // The rung a manager pinned it to, not the one it has earned.
      rung: 4,
    });
    await halt(own.id);
    await until(() => events().some(({ type }) => type === 'switch.changed'));
    expect(events().filter(({ type }) => type === 'switch.changed')).toHaveLength(1);
    expect(events().every(({ agentId }) => agentId === own.id || agentId === null)).toBe(true);
    abort.abort();
    expect(feedOf(workspace.id).listeners).toBe(0);
  });

  it('say often that somebody is still there, and end when the agent is revoked', async () => {
    const { id } = await makeAgent(workspace);
    const { text } = await listenAs(id);
    await until(() => text.text.includes(': still here'), 10_000);
    expect(text.text).toContain(': still here');
    await revokeAgent(nobody(workspace), id, 'Gone');
    await until(() => text.ended, 10_000);
    expect(text.ended).toBe(true);
  });

  it.each([
    ['has ended', `UPDATE agent_keys SET expires_at = now() WHERE agent_id = $1`],
    [
      'was replaced with an overlap that is over',
      `UPDATE agent_keys SET expires_at = now() + interval '1 second' WHERE agent_id = $1`,
    ],
    ['was revoked', `UPDATE agent_keys SET revoked_at = now() WHERE agent_id = $1`],
  ])('end when the key that signed for them %s', async (_how, ending) => {
    const agent = await makeSigningAgent(workspace);
    const request = signedRequest(agent, '/api/v1/events', undefined);
    const text = reading(await getEvents(request, { params: Promise.resolve({}) }));
    await until(() => text.text.includes('event: resync'));
    await until(() => text.text.includes(': still here'), 10_000);
    expect(text.ended).toBe(false);
    await sql(ending, [agent.id]);
    await until(() => text.ended, 10_000);
    expect(text.ended).toBe(true);
  });

  it('say so to a gateway as often: it ends calls when nobody does', async () => {
    const { key } = await makeKeyContext(workspace, 'gateway');
    const abort = new AbortController();
    const request = new Request('http://localhost:3000/api/v1/events', {
      headers: { authorization: `Bearer ${key}` },
      signal: abort.signal,
    });
    const text = reading(await getEvents(request, { params: Promise.resolve({}) }));
    await until(() => text.text.includes(': still here'), 10_000);
    expect(text.text).toContain(': still here');
    abort.abort();
  });
});
