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
const approve = (items: { id: string; digest: string }[], more = {}) =>
  decideTogether(reviewer(), { items, verdict: 'approve', ...more });
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
    const { results } = await decideTogether(reviewer(), {
      items,
      verdict: 'reject',
      reason: 'not_needed',
      undoable: true,
    });
    expect(results.every(({ undoUntil }) => undoUntil !== undefined)).toBe(true);
    for (const { id } of items) await undoVerdict(reviewer(), id);
    expect(await states()).toEqual(['pending', 'pending']);
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

  it('calls of another workspace: nothing of them is known', async () => {
    const items = await several(1);
    const other = await makeWorkspace();
    const { results } = await decideTogether(other.as('admin'), { items, verdict: 'approve' });
    expect(results[0]).toMatchObject({ outcome: 'refused', code: 'not_found' });
    await expect(decideTogether(other.as('viewer'), { items, verdict: 'approve' })).rejects.toEqual(
      code('forbidden'),
    );
    await nothing();
  });
});
