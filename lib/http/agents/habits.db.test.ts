import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId, sql } from '@/lib/db';
import { call, DAY_MS, HOUR_MS, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { evaluationHandler } from './evaluation';

const WEEK_MS = 7 * DAY_MS;
/** A Monday after today, at midnight; 1970 began on a Thursday. */
const MONDAY = Math.ceil(Date.now() / WEEK_MS) * WEEK_MS + 4 * DAY_MS;
const at = (ms: number) => vi.setSystemTime(MONDAY + ms);

beforeAll(async () => {
  await sql(
    `SELECT belay_ensure_partitions(current_date, (current_date + interval '4 months')::date)`,
  );
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const session = () => ({ session: newId() });
const codesOf = ({ context }: Awaited<ReturnType<Fleet['ask']>>) =>
  context.reasons.map(({ code }) => code);

async function signalsOf({ workspace, agentId }: Fleet, decisionId: string) {
  const rows = await sql<{ kind: string; layer: string; magnitude: number; score_delta: number }>(
    'SELECT kind, layer, magnitude, score_delta FROM agent_signals WHERE workspace_id = $1 AND agent_id = $2 AND decision_id = $3',
    [workspace.id, agentId, decisionId],
  );
  return new Map(rows.map((row) => [row.kind, row]));
}

describe('an agent that has worked the same way for five weeks', () => {
  let fleet: Fleet;
  const later = 5 * WEEK_MS;

  beforeAll(async () => {
    at(0);
    fleet = await makeFleet();
    for (let day = 0; day < 35; day += 1) {
      if (day % 7 > 4) continue;
      for (const hour of [9, 13]) {
        at(day * DAY_MS + hour * HOUR_MS);
        const context = session();
        for (const tool of ['note.read', 'salary.read', 'note.read', 'note.write', 'note.read'])
          await fleet.ask(tool, undefined, context);
      }
    }
  }, 120_000);

  it('gives no such signal while it goes on as before', async () => {
    at(later + 9 * HOUR_MS);
    const answer = await fleet.ask('note.read', undefined, session());
    expect(answer.decision).toBe(true);
    expect(codesOf(answer).filter((code) => code.startsWith('baseline.'))).toEqual([]);
    expect([...(await signalsOf(fleet, answer.context.id)).keys()]).toEqual([
      'identity.authenticated',
      'behavior.in_pattern',
      'context.in_scope',
    ]);
  });

  it('is told of a step it never makes, with a reason', async () => {
    at(later + 13 * HOUR_MS);
    const context = session();
    await fleet.ask('note.read', undefined, context);
    await fleet.ask('salary.read', undefined, context);
    const answer = await fleet.ask('mail.send', undefined, context);
    expect(answer.context.reasons.find(({ code }) => code === 'baseline.sequence')?.text).toBe(
      'After a read of sensitive data the agent hardly ever makes a call that reaches outside: 0 of 50 times.',
    );
    const signals = await signalsOf(fleet, answer.context.id);
    expect(signals.get('behavior.sequence_unlikely')).toMatchObject({ layer: 'behavior' });
    expect(signals.has('behavior.in_pattern')).toBe(false);
  });

  it('is told of an hour it never works at, and once in that hour', async () => {
    at(later + DAY_MS + 3 * HOUR_MS);
    const context = session();
    const first = await fleet.ask('note.read', undefined, context);
    const second = await fleet.ask('salary.read', undefined, context);
    expect(
      [codesOf(first), codesOf(second)].map((codes) => codes.includes('baseline.hour')),
    ).toEqual([true, false]);
    const found = (await signalsOf(fleet, first.context.id)).get('context.hour_unfamiliar');
    expect(found?.layer).toBe('context');
    expect(found?.score_delta).toBeLessThanOrEqual(0);
  });

  it('is remembered in a few hundred bytes', async () => {
    const [row] = await sql<{ bytes: number }>(
      `SELECT length((activity -> 'habits')::text) AS bytes FROM trust_states WHERE workspace_id = $1 AND agent_id = $2`,
      [fleet.workspace.id, fleet.agentId],
    );
    expect(row?.bytes).toBeGreaterThan(400);
    expect(row?.bytes).toBeLessThan(1_000);
  });
});

describe('personal data', () => {
  it('needs a person where the pact opens it only for a case and none is named', async () => {
    at(9 * HOUR_MS);
    const pact = { tools: ['*'], caseFor: ['restricted' as const] };
    const fleet = await makeFleet({ pact });
    const without = await fleet.ask('salary.read');
    expect(without.context).toMatchObject({ outcome: 'require_approval' });
    expect(without.context.reasons[0]).toMatchObject({ code: 'pact.case' });
    expect(await fleet.incident('context.personal_data_without_case')).toMatchObject({
      severity: 2,
    });
    expect((await fleet.ask('note.read')).decision).toBe(true);
  });

  it('is open for a case that is named, which the ledger keeps', async () => {
    at(9 * HOUR_MS);
    const pact = { tools: ['*'], caseFor: ['restricted' as const] };
    const fleet = await makeFleet({ pact });
    const named = await fleet.ask('salary.read', undefined, { case: 'HR-2026-17' });
    expect(codesOf(named)).not.toContain('pact.case');
    expect(named.decision).toBe(true);
    expect(await fleet.incidents()).toEqual([]);
    const [entry] = await sql<{ bytes: Buffer }>(
      `SELECT bytes FROM ledger_entries WHERE workspace_id = $1 AND subject = $2`,
      [fleet.workspace.id, `decision:${named.context.id}`],
    );
    expect(entry?.bytes.toString('utf8')).toContain('"case":"HR-2026-17"');
  });

  it('needs no case where the pact says nothing of one', async () => {
    const fleet = await makeFleet();
    expect((await fleet.ask('salary.read')).decision).toBe(true);
  });

  it('refuses a case that is no text', async () => {
    const fleet = await makeFleet();
    const body = {
      subject: { type: 'agent', id: fleet.agentId },
      action: { name: 'salary.read' },
      resource: { type: 'note', id: 'n-1' },
      context: { case: ' ' },
    };
    const answer = await call<{ errors: { path: string }[] }>(evaluationHandler, {
      key: fleet.key('gateway'),
      body,
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'context.case' }] } });
  });
});

describe('a chain of delegation', () => {
  it('says nothing as long as the pact agrees, and lowers identity beyond', async () => {
    at(9 * HOUR_MS);
    const fleet = await makeFleet();
    const one = await fleet.ask('note.read', undefined, { act: { sub: 'planner' } });
    expect((await signalsOf(fleet, one.context.id)).has('identity.delegation_depth')).toBe(false);
    const act = { sub: 'planner', act: { sub: 'assistant', act: { sub: 'helper' } } };
    const three = await fleet.ask('note.read', undefined, { act, delegationDepth: 1 });
    expect(codesOf(three)).toContain('delegation.depth');
    const signal = (await signalsOf(fleet, three.context.id)).get('identity.delegation_depth');
    expect(signal).toMatchObject({ layer: 'identity', magnitude: 0.75 });
    expect(signal?.score_delta).toBeLessThan(0);
  });

  it('may be as long as the pact agrees', async () => {
    const fleet = await makeFleet({ pact: { tools: ['*'], delegationDepth: 4 } });
    const answer = await fleet.ask('note.read', undefined, { delegationDepth: 4 });
    expect(codesOf(answer)).not.toContain('delegation.depth');
  });
});
