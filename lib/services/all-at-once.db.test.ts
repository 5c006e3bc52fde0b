/** Everything that writes in a workspace, at once: nobody waits for somebody who waits for them, and the ledger stays one chain. */
import { expect, it } from 'vitest';
import { DomainError } from '@/lib/contracts';
import { closePool, sql, withClosing } from '@/lib/db';
import { expireGrants, redeemPermit } from '@/lib/decide';
import { Committer } from '@/lib/decide/committer';
import { foldDueVerdicts } from '@/lib/decide/due-verdicts';
import { proposal, verifyChain } from '@/lib/decide/testing/fixture';
import { decideApproval } from './approvals/decide';
import { undoVerdict } from './approvals/undo';
import { tendIn } from './canaries/tend';
import { releaseKillSwitch } from './kill-switches/release';
import { setKillSwitch } from './kill-switches/set';
import { makeAskingAgent, makeTrustedAgent, makeWorkspace } from './testing/fixture';

const ROUNDS = 12;

it('decisions of two processes, redemptions, verdicts, their undoing, grants and switches block nobody forever', async () => {
  const workspace = await makeWorkspace();
  const asking = [await makeAskingAgent(workspace), await makeAskingAgent(workspace)];
  const trusted = [await makeTrustedAgent(workspace), await makeTrustedAgent(workspace)];
  const processes = [1, 2].map(
    () => new Committer({ transaction: withClosing, clock: () => Date.now() }),
  );
  const done = { allowed: 0, redeemed: 0, verdicts: 0, undone: 0, switches: 0, refused: 0 };
  /** A refusal is an answer; anything else fails the test. */
  const attempt = async (counted: keyof typeof done, work: () => Promise<unknown>) => {
    try {
      await work();
      done[counted] += 1;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      done.refused += 1;
    }
  };
  const ask = (which: number, agentId: string, tool: string, n: number) =>
    processes[which % 2]?.submit(
      workspace.id,
      proposal(agentId, tool, { arguments: { n }, requestId: `r ${n}` }),
    );
  const acting = async (which: number, agentId: string) => {
    for (let n = 0; n < ROUNDS; n += 1) {
      await attempt('allowed', async () => {
        const decided = await ask(which, agentId, 'note.add', n);
        if (decided?.outcome !== 'allow') return;
        await attempt('redeemed', () => redeem(agentId, decided.id, 'note.add', n));
      });
    }
  };
  const redeem = (agentId: string, decisionId: string, tool: string, n: number) => {
    const { resource } = proposal(agentId, tool);
    const action = { tool, arguments: { n }, resource };
    const who = { workspaceId: workspace.id, agentId, decisionId, actor: `agent:${agentId}` };
    return redeemPermit({ ...who, ...action, now: Date.now() });
  };
  const waiting = async (which: number, agentId: string) => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const decided = await ask(which, agentId, 'crm.update', n);
      const { approval, digest, id } = decided ?? {};
      if (approval === undefined || digest === undefined || id === undefined) continue;
      const as = workspace.as('reviewer');
      const scope = { uses: 2, minutes: 5, vary: [] };
      const more = n % 3 === 0 ? { scope } : { undoable: n % 3 === 1 };
      await attempt('verdicts', () =>
        decideApproval(as, approval.id, { outcome: 'approved', digest, ...more }),
      );
      await Promise.all([
        n % 2 === 0 ? attempt('undone', () => undoVerdict(as, approval.id)) : undefined,
        attempt('redeemed', () => redeem(agentId, id, 'crm.update', n)),
        attempt('redeemed', () => redeem(agentId, id, 'crm.update', n)),
      ]);
    }
  };
  let over = false;
  const switching = async () => {
    for (let n = 0; !over; n += 1) {
      const as = workspace.as('manager');
      const value = n % 2 === 0 ? 'note.add' : 'crm.update';
      const scope = { type: 'tool' as const, value };
      await attempt('switches', async () => {
        const { id } = await setKillSwitch(as, { scope, mode: 'halt', reason: 'Looks wrong' });
        await releaseKillSwitch(as, id, 'Looks right');
      });
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  };
  const tending = async () => {
    while (!over) {
      await foldDueVerdicts(Date.now() + 60_000);
      await expireGrants(Date.now() + 240_000);
      await tendIn(workspace.id, Date.now());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const aside = [switching(), tending()];
  const main = Promise.all([
    ...trusted.flatMap(({ id }) => [acting(0, id), acting(1, id)]),
    ...asking.flatMap(({ id }) => [waiting(0, id), waiting(1, id)]),
  ]);
  await main.finally(() => (over = true));
  await Promise.all(aside);
  // What a connection has seen is told when it ends.
  await closePool();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [seen] = await sql<{ deadlocks: number }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  expect(seen?.deadlocks).toBe(0);
  for (const count of [done.allowed, done.redeemed, done.verdicts, done.switches])
    expect(count).toBeGreaterThan(0);
  expect(await verifyChain(workspace.id)).toMatchObject({ ok: true });
  const twice = await sql(
    `SELECT subject FROM ledger_entries WHERE workspace_id = $1 AND kind = 'permit.redeemed' GROUP BY subject HAVING count(*) > 1`,
    [workspace.id],
  );
  expect(twice).toEqual([]);
  const [outbox] = await sql(
    `SELECT count(*)::int = max(seq) AND max(seq) = (SELECT outbox_seq FROM ledger_heads WHERE workspace_id = $1) AS whole
     FROM outbox WHERE workspace_id = $1`,
    [workspace.id],
  );
  expect(outbox).toEqual({ whole: true });
}, 60_000);
