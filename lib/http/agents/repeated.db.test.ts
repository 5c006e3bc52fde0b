/** What agents send with a key happens once, whatever dies in between, and is answered the same. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basePolicyInputSchema } from '@/lib/contracts';
import { newId, sql, withClosing, withTransaction } from '@/lib/db';
import { committer, decideBatch, type Proposal } from '@/lib/decide';
import { Committer } from '@/lib/decide/committer';
import { call, makeFleet, type Evaluated, type Fleet } from '@/lib/http/testing/fleet';
import { startDecisionPoint, type DecisionPoint } from '@/lib/decide/testing/decision-point';
import { setBasePolicy } from '@/lib/services/base-policy/set';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { makeTool } from '@/lib/services/testing/fixture';
import { redeemHandler } from './decisions';
import { evaluationHandler, evaluationsHandler } from './evaluation';

const ORIGIN = 'http://localhost:3000';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await makeFleet();
});

type Answer = Evaluated & {
  code?: string;
  context: { permit?: unknown; approval?: unknown; cacheableFor?: number };
};

async function ask(
  key: string,
  tool = 'note.write',
  changes: Record<string, unknown> = {},
): Promise<{ status: number; body: Answer }> {
  const request = new Request(`${ORIGIN}/access/v1/evaluation`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${fleet.key('gateway')}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({
      subject: { type: 'agent', id: fleet.agentId },
      action: { name: tool, properties: { arguments: { n: 1 } } },
      resource: { type: 'note', id: 'n-1' },
      ...changes,
    }),
  });
  const response = await evaluationHandler(request, { params: Promise.resolve({}) });
  return { status: response.status, body: (await response.json()) as Answer };
}

async function decisions(): Promise<number> {
  const rows = await sql('SELECT 1 FROM decisions WHERE workspace_id = $1', [fleet.workspace.id]);
  return rows.length;
}

/** What the first request of a key would hand to the committer. */
const keyedProposal = (key: string): Proposal => ({
  requestId: 'r',
  agentId: fleet.agentId,
  actor: `agent:${fleet.agentId}`,
  tool: 'note.write',
  arguments: { n: 1 },
  resource: { type: 'note', id: 'n-1' },
  sessionId: undefined,
  endUser: undefined,
  keyed: { key, sha256: 'the same' },
});

/** Ends the connection as the death of its process would. */
const killOwnConnection = (run: typeof sql) => run('SELECT pg_terminate_backend(pg_backend_pid())');

describe('an evaluation with a key', () => {
  it('is decided once, and answered the same, also when a person is needed', async () => {
    for (const tool of ['note.write', 'note.erase', 'note.read']) {
      const key = newId();
      const first = await ask(key, tool);
      const again = await ask(key, tool);
      expect(first.status).toBe(200);
      // How long a read may stand was said when it was decided; a repeated answer stands for nothing else.
      const { cacheableFor, ...context } = first.body.context;
      expect(cacheableFor).toBe(tool === 'note.read' ? 10 : undefined);
      expect(again.body).toEqual({ ...first.body, context });
    }
    expect(await decisions()).toBe(3);
  });

  it('is not allowed again once a kill switch holds, the permit is spent, or its time is over', async () => {
    const [stopped, spent] = [newId(), newId()];
    const first = await ask(spent);
    const params = { id: first.body.context.id };
    const body = {
      action: { name: 'note.write', properties: { arguments: { n: 1 } } },
      resource: { type: 'note', id: 'n-1' },
    };
    await call(redeemHandler, { key: fleet.key('gateway'), params, body });
    expect((await ask(stopped)).body.decision).toBe(true);
    await setKillSwitch(fleet.workspace.as('manager'), {
      scope: { type: 'agent', value: fleet.agentId },
      mode: 'halt',
      reason: 'Looks wrong',
    });
    for (const key of [stopped, spent]) {
      const again = await ask(key);
      expect(again.body.decision).toBe(false);
      expect(again.body.context.outcome).toBe('deny');
      expect(again.body.context.permit).toBeUndefined();
    }
    expect((await ask(spent)).body.context.reasons[0]?.code).toBe('repeat.already_redeemed');
    expect((await ask(stopped)).body.context.reasons[0]?.code).toBe('repeat.permit_cancelled');
  });

  it('is decided once when it comes many times at once: the others are told to come back', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(key)));
    const ids = answers.flatMap(({ status, body }) => (status === 200 ? [body.context.id] : []));
    expect(new Set(ids).size).toBe(1);
    for (const { status, body } of answers)
      if (status !== 200) expect([status, body.code]).toEqual([409, 'in_progress']);
    expect((await ask(key)).body.context.id).toBe(ids[0]);
    expect(await decisions()).toBe(1);
  });

  it('is decided once by two processes', async () => {
    const key = newId();
    const another = new Committer({ transaction: withClosing, clock: () => Date.now() });
    for (let round = 0; round < 5; round += 1) {
      const results = await Promise.allSettled(
        [committer(), another].map((one) =>
          one.submit(fleet.workspace.id, keyedProposal(`${key}-${round}`)),
        ),
      );
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
    expect(await decisions()).toBe(5);
  });

  it('leaves nothing when its process dies before the commit: the next try is decided at once', async () => {
    const key = newId();
    const dies = withTransaction(async (run) => {
      const [decided] = await decideBatch(
        run,
        fleet.workspace.id,
        [keyedProposal(key)],
        Date.now(),
      );
      expect(decided).toMatchObject({ outcome: 'allow' });
      await killOwnConnection(run);
    });
    await expect(dies).rejects.toThrow();
    expect(await decisions()).toBe(0);
    const next = await committer().submit(fleet.workspace.id, keyedProposal(key));
    expect(next.outcome).toBe('allow');
    expect(await decisions()).toBe(1);
  });

  it('is found by the next try when its process dies between the commit and the answer', async () => {
    const key = newId();
    // The answer of this one is never looked at, as by a caller whose server has died.
    await ask(key);
    const score = await fleet.score();
    const { status, body } = await ask(key);
    expect([status, body.decision]).toEqual([200, true]);
    expect(body.context.permit).toBeDefined();
    expect(await decisions()).toBe(1);
    expect(await fleet.score()).toBe(score);
  });

  it('refuses its key for another request, and leaves it free when nothing was decided', async () => {
    const key = newId();
    await ask(key);
    expect((await ask(key, 'note.read')).body.code).toBe('idempotency_key_reused');
    const other = newId();
    const stranger = { ...keyedProposal(other), agentId: newId() };
    await expect(committer().submit(fleet.workspace.id, stranger)).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await sql('SELECT 1 FROM idempotency_keys WHERE key = $1', [other])).toEqual([]);
  });
});

describe('an evaluation with a key that asks more than the workspace itself', () => {
  let point: DecisionPoint;
  beforeEach(async () => {
    point = await startDecisionPoint();
    const { url } = point;
    const asked = { kind: 'opa', url, path: 'agents/decision', timeoutMs: 3_000, basedOn: 0 };
    const input = basePolicyInputSchema.parse({ ...asked, reason: 'Our rules' });
    await setBasePolicy(fleet.workspace.as('admin'), input);
  });
  afterEach(() => point.close());

  it('asks the decision point of the customer once, however often it comes', async () => {
    const key = newId();
    const first = await ask(key);
    expect([first.body.decision, point.asked.length]).toEqual([true, 1]);
    expect((await ask(key)).body).toEqual(first.body);
    expect((await ask(key, 'note.read')).body.code).toBe('idempotency_key_reused');
    expect(point.asked).toHaveLength(1);
  });

  it('refuses its key for another subject, and for an approval that waits', async () => {
    await makeTool(fleet.workspace, 'note.burn', { sideEffect: 'write', risk: 'critical' });
    const key = newId();
    await ask(key);
    const { context } = (await ask(newId(), 'note.burn')).body;
    expect(context.outcome).toBe('require_approval');
    const [waiting] = await sql<{ id: string }>(
      'SELECT id FROM approvals WHERE workspace_id = $1 AND decision_id = $2',
      [fleet.workspace.id, context.id],
    );
    const user = { subject: { type: 'user', id: 'ada@example.org' } };
    const named = { context: { approval: { id: waiting?.id } } };
    expect((await ask(key, 'note.write', user)).body.code).toBe('idempotency_key_reused');
    expect((await ask(key, 'note.burn', named)).body.code).toBe('idempotency_key_reused');
  });
});

describe('a batch with a key', () => {
  const NOTE = { type: 'note', id: 'n-1' };
  const send = async (key: string, tools: readonly string[], path = 'evaluations') => {
    const subject = { type: 'agent', id: fleet.agentId };
    const items = tools.map((name) => ({ action: { name }, resource: NOTE }));
    const body =
      path === 'evaluations' ? { subject, evaluations: items } : { subject, ...items[0] };
    const request = new Request(`${ORIGIN}/access/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${fleet.key('gateway')}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    const handler = path === 'evaluations' ? evaluationsHandler : evaluationHandler;
    const response = await handler(request, { params: Promise.resolve({}) });
    return (await response.json()) as Answer & { evaluations: Answer[] };
  };
  const idsOf = ({ evaluations }: { evaluations: Answer[] }) =>
    evaluations.map(({ context }) => context.id);

  it('is decided once, item by item, also when one of them is asked for alone', async () => {
    const key = newId();
    const tools = ['note.write', 'note.erase', 'note.write'];
    const first = await send(key, tools);
    expect(idsOf(await send(key, tools))).toEqual(idsOf(first));
    const alone = await send(`${key}.1`, ['note.erase'], 'evaluation');
    expect(alone.context.id).toBe(idsOf(first)[1]);
    expect(await decisions()).toBe(3);
  });

  it('refuses its key for other items', async () => {
    const key = newId();
    await send(key, ['note.write']);
    const [refused] = (await send(key, ['note.erase'])).evaluations;
    expect(refused).toMatchObject({
      decision: false,
      context: { error: { status: 422, code: 'idempotency_key_reused' } },
    });
    expect(await decisions()).toBe(1);
  });
});

describe('a redemption with a key', () => {
  it('is answered again, while everybody else finds the permit spent', async () => {
    const { context } = (await ask(newId())).body;
    const redeem = async (key?: string) => {
      const request = new Request(`${ORIGIN}/api/v1/decisions/${context.id}/redeem`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${fleet.key('gateway')}`,
          'content-type': 'application/json',
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        body: JSON.stringify({
          action: { name: 'note.write', properties: { arguments: { n: 1 } } },
          resource: { type: 'note', id: 'n-1' },
        }),
      });
      const response = await redeemHandler(request, {
        params: Promise.resolve({ id: context.id }),
      });
      return (await response.json()) as { redeemedAt?: string; code?: string };
    };
    const key = newId();
    const first = await redeem(key);
    expect(first.redeemedAt).toBeDefined();
    expect(await redeem(key)).toEqual(first);
    expect((await redeem(newId())).code).toBe('already_redeemed');
    expect((await redeem()).code).toBe('already_redeemed');
  });
});
