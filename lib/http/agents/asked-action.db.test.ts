import { beforeEach, describe, expect, it } from 'vitest';
import { SIGNAL_TYPE_PREFIX } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { recordSignals } from '@/lib/services/signals/record';
import { call, makeFleet, type Evaluated, type Fleet } from '@/lib/http/testing/fleet';
import { redeemHandler } from './decisions';
import { evaluationHandler } from './evaluation';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await makeFleet();
});

const RESOURCE = { type: 'note', id: 'n-1' };
const ask = (action: unknown, resource: unknown = RESOURCE) =>
  call<Evaluated & { code?: string }>(evaluationHandler, {
    key: fleet.key('gateway'),
    body: { subject: { type: 'agent', id: fleet.agentId }, action, resource },
  });
const redeem = (id: string, action: unknown) =>
  call<{ code?: string }>(redeemHandler, {
    key: fleet.key('gateway'),
    params: { id },
    body: { action, resource: RESOURCE },
  });

describe('what an agent asks for', () => {
  it('is every property of the action: shown, stored and bound', async () => {
    const action = { name: 'note.write', properties: { amount: 5, arguments: { to: 'ann' } } };
    const { body } = await ask(action);
    const [row] = await sql<{ arguments: unknown }>(
      'SELECT arguments FROM decisions WHERE workspace_id = $1 AND id = $2',
      [fleet.workspace.id, body.context.id],
    );
    expect(row?.arguments).toEqual({ amount: 5, to: 'ann' });
    const other = { name: 'note.write', properties: { amount: 6, arguments: { to: 'ann' } } };
    expect((await redeem(body.context.id, other)).status).toBe(422);
    expect((await redeem(body.context.id, action)).status).toBe(200);
  });

  it.each([
    [
      'one name twice',
      { name: 'note.write', properties: { to: 'eve', arguments: { to: 'ann' } } },
      'ambiguous_arguments',
    ],
    [
      'arguments beside the properties',
      { name: 'note.write', arguments: { to: 'ann' } },
      'misplaced_arguments',
    ],
  ])('is refused where it is not plain: %s', async (_name, action, code) => {
    const answer = await ask(action);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it.each([
    ['{"n":9007199254740993}', 'inexact_number'],
    ['{"n":1,"n":2}', 'duplicate_member'],
    ['{"n":{"__proto__":1}}', 'reserved_member'],
  ])('is refused where another program would read another thing: %s', async (given, code) => {
    const body = `{"subject":{"type":"agent","id":"${fleet.agentId}"},"action":{"name":"note.write","properties":{"arguments":${given}}},"resource":{"type":"note","id":"n-1"}}`;
    const answer = await call<{ code: string }>(evaluationHandler, {
      key: fleet.key('gateway'),
      body,
    });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });
});

it('an agent cannot use up the ids of the evidence that others give about it', async () => {
  const event = (kind: string) => ({
    specversion: '1.0' as const,
    id: 'siem-1',
    source: 'https://siem.example',
    type: `${SIGNAL_TYPE_PREFIX}${kind}`,
    subject: fleet.agentId,
  });
  const actor = { kind: 'agent', workspaceId: fleet.workspace.id, agentId: fleet.agentId } as const;
  const own = await recordSignals({ actor, now: Date.now() }, [event('outcome.task_succeeded')]);
  expect(own).toEqual({ accepted: 1, duplicates: 0 });
  const { id, source } = event('');
  const heard = await fleet.signal('behavior.injection_confirmed', {}, { id, source });
  expect(heard.body).toMatchObject({ accepted: 1, duplicates: 0 });
  expect(await fleet.may('note.write')).not.toBe('allow');
});
