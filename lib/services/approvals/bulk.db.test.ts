import { beforeEach, describe, expect, it } from 'vitest';
import { bulkVerdictRequestSchema, toolInputSchema } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { submitAction, type Proposal } from '@/lib/decide';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { createOverride } from '@/lib/services/overrides/create';
import { putTool } from '@/lib/services/tools/put';
import {
  ledgerKinds,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { decideTogether } from './bulk';
import { rejectAction } from './reject';
import { undoVerdict } from './undo';

let workspace: TestWorkspace;
let agentId: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  failed = [];
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const reviewer = () => workspace.as('reviewer');

async function ask(args: Record<string, unknown>, changes: Partial<Proposal> = {}) {
  const { approval, digest, outcome } = await submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
    ...changes,
  });
  if (approval === undefined) throw new Error(`nothing waits: ${outcome}`);
  return { id: approval.id, digest };
}
const several = async (count: number) => {
  const items = [];
  for (let n = 0; n < count; n += 1) items.push(await ask({ id: `c-${n}`, name: 'Ada' }));
  return items;
};
let failed: string[];
const report = (id: string) => failed.push(id);
const approve = (items: { id: string; digest: string }[], more = {}) =>
  decideTogether(reviewer(), { items, verdict: 'approve', ...more }, report);
const states = async () =>
  (
    await sql<{ state: string }>(
      'SELECT state FROM approvals WHERE workspace_id = $1 ORDER BY requested_at, id',
      [workspace.id],
    )
  ).map(({ state }) => state);
const permits = async () =>
  (await sql('SELECT digest FROM permits WHERE workspace_id = $1', [workspace.id])).length;

describe('one verdict on several calls', () => {
  it('decides each, with a permit, evidence and a ledger entry of its own', async () => {
    const items = await several(5);
    const { results } = await approve(items);
    expect(results).toEqual(items.map(({ id }) => ({ id, outcome: 'approved' })));
    expect(await states()).toEqual(Array.from({ length: 5 }, () => 'approved'));
    expect(await permits()).toBe(5);
    const kinds = await ledgerKinds(workspace.id);
    expect(kinds.filter((kind) => kind === 'approval.approved')).toHaveLength(5);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('answers for each: one that is stale, gone or decided takes no other with it', async () => {
    const [one, two, three] = await several(3);
    if (one === undefined || two === undefined || three === undefined) throw new Error('three');
    await rejectAction(workspace.as('analyst'), two.id, { reason: 'other' });
    const unknown = { id: newId(), digest: one.digest };
    const nonsense = { id: 'nonsense', digest: one.digest };
    const stale = { ...three, digest: one.digest };
    const { results } = await approve([one, two, stale, unknown, nonsense]);
    expect(results.map(({ outcome, code: why }) => why ?? outcome)).toEqual([
      'approved',
      'already_decided',
      'stale_digest',
      'not_found',
      'not_found',
    ]);
    expect(await states()).toEqual(['approved', 'rejected', 'pending']);
  });

  it('rejects them with a reason, and can be undone one by one', async () => {
    const items = await several(2);
    const { results } = await decideTogether(
      reviewer(),
      { items, verdict: 'reject', reason: 'not_needed', undoable: true },
      report,
    );
    expect(results.every(({ undoUntil }) => undoUntil !== undefined)).toBe(true);
    for (const { id } of items) await undoVerdict(reviewer(), id);
    expect(await states()).toEqual(['pending', 'pending']);
  });

  it('says of one that fails that nothing was recorded, reports it, and goes on', async () => {
    const items = await several(3);
    const [, second] = items;
    await sql(
      `CREATE FUNCTION refuse_verdict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$`,
    );
    await sql(
      `CREATE TRIGGER refuse_verdict BEFORE UPDATE ON approvals FOR EACH ROW WHEN (OLD.id = '${second?.id}')
       EXECUTE FUNCTION refuse_verdict()`,
    );
    const { results } = await approve(items).finally(() =>
      sql('DROP TRIGGER refuse_verdict ON approvals'),
    );
    expect(results.map(({ outcome, code: why }) => why ?? outcome)).toEqual([
      'approved',
      'failed',
      'approved',
    ]);
    expect(results[1]?.text).toContain('nothing was recorded');
    expect(failed).toEqual([second?.id]);
    expect(await states()).toEqual(['approved', 'pending', 'approved']);
  });

  it('names a canary as one', async () => {
    const items = await several(2);
    await sql(
      `INSERT INTO canaries (workspace_id, id, template, commitment, nonce, due_at, placed_at, decision_id, approval_id, agent_id)
       SELECT $1, $3, '{"notice":"Look."}'::jsonb, 'c', 'n', now(), now(), decision_id, id, agent_id FROM approvals WHERE id = $2`,
      [workspace.id, items[1]?.id ?? '', newId()],
    );
    const { results } = await approve(items);
    expect(results.map(({ outcome }) => outcome)).toEqual(['approved', 'canary']);
    expect(await permits()).toBe(1);
  });

  it('takes no reason for granted: to reject needs one, and no approval is named twice', () => {
    const items = [{ id: 'a', digest: 'd' }];
    const parsed = (body: unknown) => bulkVerdictRequestSchema.safeParse(body).success;
    expect(parsed({ items, verdict: 'approve' })).toBe(true);
    expect(parsed({ items, verdict: 'reject' })).toBe(false);
    expect(parsed({ items: [...items, ...items], verdict: 'approve' })).toBe(false);
    expect(parsed({ items: [], verdict: 'approve' })).toBe(false);
  });
});

describe('what is not decided together', () => {
  const nothing = async () => {
    expect(new Set(await states())).toEqual(new Set(['pending']));
    expect(await permits()).toBe(0);
  };

  it.each([
    ['other arguments', { id: 'c-1', note: 'x' }, {}],
    ['an argument of another type', { id: 1, name: 'Ada' }, {}],
    [
      'another kind of resource',
      { id: 'c-1', name: 'Ada' },
      { resource: { type: 'order', id: 'o' } },
    ],
  ])('calls that differ: %s', async (_name, args, changes) => {
    const items = [...(await several(2)), await ask(args, changes)];
    await expect(approve(items)).rejects.toEqual(code('not_one_group'));
    await nothing();
  });

  it('calls of two agents', async () => {
    const items = await several(1);
    agentId = (await makeAskingAgent(workspace)).id;
    await expect(approve([...items, ...(await several(1))])).rejects.toEqual(code('not_one_group'));
    await nothing();
  });

  it('calls of high risk, and those of a tool whose risk has changed between them', async () => {
    const [before] = await several(1);
    const risk = (level: string) =>
      putTool(
        workspace.as('manager'),
        toolInputSchema.parse({
          name: 'crm.update',
          sideEffect: 'write',
          reversible: true,
          egress: false,
          dataClass: 'internal',
          risk: level,
        }),
      );
    await risk('low');
    const [low] = await several(1);
    if (before === undefined || low === undefined) throw new Error('two');
    await expect(approve([before, low])).rejects.toEqual(code('not_one_group'));
    await risk('high');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await createOverride(workspace.as('manager'), agentId, { rung: 4, until, reason: 'Up' });
    await expect(approve(await several(2))).rejects.toEqual(code('not_together'));
    await nothing();
  });

  it('fifty harmless ones with one among them that text from outside has touched', async () => {
    const items = await several(6);
    const [last] = items.slice(-1);
    await sql(
      `UPDATE decisions SET provenance = '{"arguments": [], "thirdPartyOnly": false, "injection": "likely"}'
       WHERE workspace_id = $1 AND id = (SELECT decision_id FROM approvals WHERE id = $2)`,
      [workspace.id, last?.id ?? ''],
    );
    await expect(approve(items)).rejects.toEqual(code('not_together'));
    await nothing();
  });

  it('calls that only an earlier rule took for alike', async () => {
    const items = await several(2);
    await sql(`UPDATE approvals SET group_key = $2 WHERE workspace_id = $1`, [
      workspace.id,
      '0123456789abcdef0123456789abcdef',
    ]);
    await expect(approve(items)).rejects.toEqual(code('not_one_group'));
    await nothing();
  });

  it.each([
    ['two accounts', 'DE89370400440532013000', 'DE02120300000000202051'],
    ['two mailboxes', 'ann@mail.example', 'attacker@mail.example'],
    ['what a name adds behind a digit', 'v1-users-list', 'v1-users-delete-all'],
  ])('calls that reach %s', async (_name, one, other) => {
    const items = [await ask({ ref: one }), await ask({ ref: other })];
    await expect(approve(items)).rejects.toEqual(code('not_one_group'));
    await nothing();
  });

  it('calls of another workspace: nothing of them is known', async () => {
    const items = await several(1);
    const other = await makeWorkspace();
    const { results } = await decideTogether(
      other.as('admin'),
      { items, verdict: 'approve' },
      report,
    );
    expect(results[0]).toMatchObject({ outcome: 'refused', code: 'not_found' });
    await expect(
      decideTogether(other.as('viewer'), { items, verdict: 'approve' }, report),
    ).rejects.toEqual(code('forbidden'));
    await nothing();
  });
});
