import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { childEnvironment } from '@/lib/env';
import { redeemPermit } from '@/lib/decide';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import {
  askForApproval,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { rejectAction } from './reject';

/** `BELAY_RACES=1000` for the full number; what runs each time is enough to find a lock that is missing. */
const RACES = Number(childEnvironment()['BELAY_RACES'] ?? 60);
/** Races that run beside each other, each of four verdicts. */
const WAVE = 30;
const ARGUMENTS = { id: 'c-1', name: 'Ada' };

let workspace: TestWorkspace;
let agentId: string;
let reviewers: PersonActor[];
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  reviewers = await Promise.all(
    ['Ann', 'Ben', 'Cleo', 'Dan'].map((name) => makePerson(workspace.id, 'reviewer', name)),
  );
});

describe('verdicts at the same moment', () => {
  it(
    `have exactly one winner each, ${RACES} times approve against reject`,
    { timeout: 600_000 },
    async () => {
      const asked: Awaited<ReturnType<typeof askForApproval>>[] = [];
      for (let n = 0; n < RACES; n += 1)
        asked.push(await askForApproval(workspace, agentId, { ...ARGUMENTS, n }));
      const run = async ({ approvalId, digest }: (typeof asked)[number], race: number) => {
        const tries = await Promise.allSettled(
          reviewers.map((actor, n) => {
            const context = { actor, now: new Date() };
            const undoable = race % 2 === 0;
            return n % 2 === 0
              ? approveAction(context, approvalId, { digest, undoable })
              : rejectAction(context, approvalId, { reason: 'other', undoable });
          }),
        );
        const won = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
        const lost = tries.flatMap((one) =>
          one.status === 'rejected' && one.reason instanceof DomainError ? [one.reason] : [],
        );
        return { won, lost };
      };
      const races = [];
      // So many at once as wait for a connection no longer than a request may.
      for (let from = 0; from < RACES; from += WAVE)
        races.push(
          ...(await Promise.all(
            asked.slice(from, from + WAVE).map((one, n) => run(one, from + n)),
          )),
        );
      for (const { won, lost } of races) {
        expect(won).toHaveLength(1);
        expect(lost).toHaveLength(reviewers.length - 1);
        const [winner] = won;
        for (const error of lost) {
          expect(error.code).toBe('already_decided');
          expect(error.details.facts?.['by']).toBe(winner?.verdict?.by);
        }
      }
      const [counts] = await sql<{ permits: number; approved: number; entries: number }>(
        `SELECT (SELECT count(*)::int FROM permits WHERE workspace_id = $1) AS permits,
           (SELECT count(*)::int FROM approvals WHERE workspace_id = $1 AND state = 'approved') AS approved,
           (SELECT count(*)::int FROM ledger_entries WHERE workspace_id = $1 AND kind IN ('approval.approved', 'approval.rejected')) AS entries`,
        [workspace.id],
      );
      expect(counts?.permits).toBe(counts?.approved);
      expect(counts?.entries).toBe(RACES);
      expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
    },
  );
});

describe('a hundred redemptions at the same moment', () => {
  it('run the action once, also while the verdict could still be taken back', async () => {
    const { approvalId, decisionId, digest } = await askForApproval(workspace, agentId, ARGUMENTS);
    await approveAction(workspace.as('reviewer'), approvalId, { digest, undoable: true });
    const tries = await Promise.allSettled(
      Array.from({ length: 100 }, () =>
        redeemPermit({
          workspaceId: workspace.id,
          agentId,
          decisionId,
          actor: `agent:${agentId}`,
          tool: 'crm.update',
          arguments: ARGUMENTS,
          resource: { type: 'customer', id: 'c-1' },
          now: Date.now(),
        }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const signals = await sql(
      `SELECT 1 FROM signals WHERE workspace_id = $1 AND decision_id = $2 AND source_class = 'reviewer'`,
      [workspace.id, decisionId],
    );
    expect(signals).toHaveLength(1);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });
});
