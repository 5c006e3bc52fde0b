/** Tests that go through the handlers as programs do: an agent of rung 4, a gateway that asks for it, an analyst, and CI. */
import { SIGNAL_TYPE_PREFIX, type AgentDetail, type KeyRole } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { decisionStatusHandler, outcomeHandler } from '@/lib/http/agents/decisions';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { signalsHandler } from '@/lib/http/agents/signals';
import { getOneAgent } from '@/lib/http/console/agents';
import { getIncidents, patchIncident, postRootCause } from '@/lib/http/console/governance';
import type { Handler } from '@/lib/http/handler';
import { createOverride } from '@/lib/services/overrides/create';
import {
  nobody,
  makeAgent,
  makeKeyContext,
  makeTool,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

const ORIGIN = 'http://localhost:3000';
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

interface Call {
  readonly method?: string;
  readonly params?: Record<string, string>;
  readonly body?: unknown;
  readonly key: string;
}

/** Calls a handler as its mount would. */
export async function call<Body>(
  handler: Handler,
  { method = 'POST', params = {}, body, key }: Call,
): Promise<Answer<Body>> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request(`${ORIGIN}/api/v1/somewhere`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: text }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, body: (await response.json()) as Body };
}

/** What an evaluation answers, as far as tests look at it. */
export interface Evaluated {
  readonly decision: boolean;
  readonly context: {
    readonly id: string;
    readonly outcome: string;
    readonly reasons: { readonly code: string; readonly text: string; readonly remedy?: string }[];
    readonly trust: { readonly score: number; readonly rung: number };
  };
}

interface IncidentSeen {
  readonly id: string;
  readonly kind: string;
  readonly severity: number;
  readonly state: string;
  readonly evidence: Record<string, unknown>[];
}

/** A workspace with one agent pinned to rung 4, its tools, and keys for those who speak about it. */
export async function makeFleet(changes: Parameters<typeof makeAgent>[1] = {}) {
  const workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  await makeTool(workspace, 'note.write', { sideEffect: 'write' });
  await makeTool(workspace, 'note.erase', { sideEffect: 'write', reversible: false });
  await makeTool(workspace, 'mail.send', { sideEffect: 'write', egress: true });
  await makeTool(workspace, 'salary.read', { dataClass: 'restricted' });
  const agent = await makeAgent(workspace, changes);
  await vouch(workspace, agent.id);
  const keys = new Map<KeyRole, string>();
  for (const role of ['gateway', 'viewer', 'analyst', 'manager'] as const)
    keys.set(role, (await makeKeyContext(workspace, role)).key);
  return new Fleet(workspace, agent.id, keys);
}

/** Pins the agent to rung 4, so that a test is about what stops it and not about what it has earned. */
async function vouch(workspace: TestWorkspace, agentId: string): Promise<void> {
  const until = new Date(Date.now() + 29 * DAY_MS).toISOString();
  const pin = { rung: 4 as const, until, reason: 'For a test' };
  await createOverride(nobody(workspace), agentId, pin);
}

export class Fleet {
  constructor(
    readonly workspace: TestWorkspace,
    readonly agentId: string,
    private readonly keys: ReadonlyMap<KeyRole, string>,
  ) {}

  key(role: KeyRole): string {
    return this.keys.get(role) ?? '';
  }

  /** The agent asks; the whole answer. */
  async ask(
    tool: string,
    properties?: Record<string, unknown>,
    context?: Record<string, unknown>,
  ): Promise<Evaluated> {
    const body = {
      ...(context === undefined ? {} : { context }),
      subject: { type: 'agent', id: this.agentId },
      action: { name: tool, properties: { arguments: { n: 1 } } },
      resource: { type: 'note', id: 'n-1', ...(properties === undefined ? {} : { properties }) },
    };
    return (await call<Evaluated>(evaluationHandler, { key: this.key('gateway'), body })).body;
  }

  /** The agent asks; `allow`, or the code of the first reason. */
  async may(tool: string): Promise<string> {
    const { decision, context } = await this.ask(tool);
    return decision ? 'allow' : (context.reasons[0]?.code ?? context.outcome);
  }

  /** A system says something about the agent. */
  signal(kind: string, data: Record<string, unknown> = {}, event: Record<string, unknown> = {}) {
    return this.send({ ...this.eventOf(kind), data, ...event });
  }

  /** The same from several systems at once, `count` times each. */
  signals(kind: string, count: number, sources = 1) {
    const events = Array.from({ length: count * sources }, (_, n) => ({
      ...this.eventOf(kind),
      source: `test/system-${n % sources}`,
    }));
    return this.send(events);
  }

  private eventOf(kind: string) {
    return {
      specversion: '1.0',
      id: newId(),
      source: 'test/telemetry',
      type: `${SIGNAL_TYPE_PREFIX}${kind}`,
      subject: this.agentId,
    };
  }

  private send(body: unknown) {
    return call<{ code?: string; accepted?: number; duplicates?: number }>(signalsHandler, {
      key: this.key('analyst'),
      body,
    });
  }

  /** The agent carries out a read and reports what became of it. */
  async report(status: 'succeeded' | 'failed'): Promise<number> {
    const { context } = await this.ask('note.read');
    const params = { id: context.id };
    const key = this.key('gateway');
    return (await call(outcomeHandler, { key, params, body: { status } })).status;
  }

  async decision(id: string) {
    const key = this.key('gateway');
    return call<{ state: string }>(decisionStatusHandler, { method: 'GET', key, params: { id } });
  }

  async detail(): Promise<AgentDetail> {
    const params = { id: this.agentId };
    const key = this.key('viewer');
    return (await call<AgentDetail>(getOneAgent, { method: 'GET', key, params })).body;
  }

  async incidents(): Promise<IncidentSeen[]> {
    const answer = await call<{ items: IncidentSeen[] }>(getIncidents, {
      method: 'GET',
      key: this.key('viewer'),
    });
    return answer.body.items;
  }

  async incident(kind: string): Promise<IncidentSeen> {
    const found = (await this.incidents()).find((item) => item.kind === kind);
    if (found === undefined) throw new Error(`no incident ${kind} was opened`);
    return found;
  }

  explain(incidentId: string) {
    const body = { rootCause: 'We found out what it was.' };
    return call(postRootCause, { key: this.key('analyst'), params: { id: incidentId }, body });
  }

  close(incidentId: string) {
    return call<{ code?: string }>(patchIncident, {
      method: 'PATCH',
      key: this.key('analyst'),
      params: { id: incidentId },
      body: { state: 'closed' },
    });
  }

  async score(): Promise<number> {
    const [row] = await sql<{ score: number }>(
      'SELECT score FROM trust_states WHERE workspace_id = $1 AND agent_id = $2',
      [this.workspace.id, this.agentId],
    );
    return row?.score ?? -1;
  }

  async ledger(): Promise<string[]> {
    const rows = await sql<{ kind: string }>(
      'SELECT kind FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq',
      [this.workspace.id],
    );
    return rows.map(({ kind }) => kind);
  }
}
