/** How the customer's own decision point is doing, and trying it, as the settings page asks. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BasePolicyTry, OutsideHealth } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { json, startDecisionPoint, type DecisionPoint } from '@/lib/decide/testing/decision-point';
import { call, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { makeKeyContext } from '@/lib/services/testing/fixture';
import { getBaseHealth, postBase, postBaseTry } from './base-policy';

let fleet: Fleet;
let admin: string;
let point: DecisionPoint;
beforeEach(async () => {
  fleet = await makeFleet();
  admin = (await makeKeyContext(fleet.workspace, 'admin')).key;
  point = await startDecisionPoint();
});
afterEach(() => point.close());

const use = (changes: Record<string, unknown> = {}) =>
  call(postBase, {
    key: admin,
    body: {
      kind: 'opa',
      url: point.url,
      path: 'agents/decision',
      timeoutMs: 1_000,
      reason: 'Our rules',
      basedOn: 0,
      ...changes,
    },
  });
const health = async () =>
  (await call<OutsideHealth>(getBaseHealth, { method: 'GET', key: fleet.key('viewer') })).body;
const tried = (body: Record<string, unknown> = {}, key = fleet.key('manager')) =>
  call<BasePolicyTry & { code?: string }>(postBaseTry, { key, body });

describe('the health of a decision point', () => {
  it('is off where nobody is asked, and unknown before the first question', async () => {
    expect(await health()).toMatchObject({ version: 0, status: 'off' });
    await use();
    expect(await health()).toMatchObject({ version: 1, status: 'unasked', latency: null });
  });

  it('tells of answers, failures and the circuit, and begins anew with a new setting', async () => {
    await use();
    await fleet.ask('note.read');
    expect(await health()).toMatchObject({
      status: 'working',
      asked: 1,
      failed: 0,
      latency: { answers: 1 },
    });
    point.answer = () => undefined;
    await fleet.ask('note.read');
    const failing = await health();
    expect(failing).toMatchObject({ status: 'failing', lastFailure: { code: 'timeout' } });
    expect(failing.lastAnswerAt).not.toBeNull();
    for (let n = 0; n < 4; n += 1) await fleet.ask('note.read');
    expect(await health()).toMatchObject({ status: 'resting', circuit: 'open', failed: 5 });
    await use({ timeoutMs: 1_200, basedOn: 1 });
    expect(await health()).toMatchObject({ version: 2, status: 'unasked', asked: 0 });
  });

  it('says when the token cannot be opened', async () => {
    await use({ token: 'word' });
    await sql(
      `INSERT INTO base_policies SELECT workspace_id, 2, kind, url, path, timeout_ms, '\\x00'::bytea, reason, created_by, created_by_name, created_at
       FROM base_policies WHERE workspace_id = $1`,
      [fleet.workspace.id],
    );
    await sql('UPDATE workspace_epochs SET base_policy_version = 2 WHERE workspace_id = $1', [
      fleet.workspace.id,
    ]);
    expect(await health()).toMatchObject({
      status: 'failing',
      lastFailure: { code: 'no_token' },
    });
  });
});

describe('trying a decision point', () => {
  it('asks about a made-up call with what is known of the tool, and decides nothing', async () => {
    await use();
    point.answer = json({ result: { allow: false, reasons: ['Not this one.'] } });
    const { body } = await tried({ tool: 'note.write', arguments: { to: 'a' } });
    expect(body).toMatchObject({ outcome: 'deny', reasons: [{ text: 'Not this one.' }] });
    expect(body.ms).toBeGreaterThanOrEqual(0);
    expect(point.asked).toMatchObject([
      { body: { input: { tool: { name: 'note.write', known: true }, arguments: { to: 'a' } } } },
    ]);
    const decisions = await sql('SELECT 1 FROM decisions WHERE workspace_id = $1', [
      fleet.workspace.id,
    ]);
    expect(decisions).toEqual([]);
    point.answer = () => undefined;
    expect((await tried()).body.reasons[0]?.code).toBe('base_policy.timeout');
  });

  it('is for those who may change policies, where somebody is asked', async () => {
    expect((await tried()).body.code).toBe('no_decision_point');
    await use();
    expect((await tried({}, fleet.key('analyst'))).status).toBe(403);
    expect(point.asked).toEqual([]);
  });
});
