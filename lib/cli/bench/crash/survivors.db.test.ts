import { describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { databaseUrl } from '@/lib/db/url';
import { approveAction } from '@/lib/services/approvals/approve';
import { askForApproval, makeAskingAgent, makeWorkspace } from '@/lib/services/testing/fixture';
import { Acknowledged } from './acknowledged';
import { lostOf } from './survivors';

const NEVER_DECIDED = newId();

async function approvedAction() {
  const workspace = await makeWorkspace();
  const { id } = await makeAskingAgent(workspace);
  const asked = await askForApproval(workspace, id);
  await approveAction(workspace.as('reviewer'), asked.approvalId, { digest: asked.digest });
  return asked;
}

describe('what was acknowledged', () => {
  it('is found when its row and its entry of the ledger are there', async () => {
    const { decisionId, approvalId } = await approvedAction();
    const acknowledged = new Acknowledged();
    acknowledged.note('decided', decisionId);
    acknowledged.note('approved', approvalId);
    expect(acknowledged.count).toBe(2);
    expect(await lostOf(databaseUrl(), acknowledged.soFar())).toEqual([]);
  });

  it('is lost when there is no row, or only one that says something else', async () => {
    const { decisionId, approvalId } = await approvedAction();
    const acknowledged = new Acknowledged();
    acknowledged.note('decided', NEVER_DECIDED);
    acknowledged.note('rejected', approvalId);
    acknowledged.note('redeemed', decisionId);
    acknowledged.note('reported', decisionId);
    expect(await lostOf(databaseUrl(), acknowledged.soFar())).toEqual([
      `decided ${NEVER_DECIDED}`,
      `rejected ${approvalId}`,
      `redeemed ${decisionId}`,
      `reported ${decisionId}`,
    ]);
  });

  it('is lost when the row is there and the ledger does not know of it', async () => {
    const { decisionId, approvalId } = await approvedAction();
    await sql(
      `UPDATE decisions SET state = 'redeemed', execution_status = 'succeeded' WHERE id = $1`,
      [decisionId],
    );
    const acknowledged = new Acknowledged();
    acknowledged.note('redeemed', decisionId);
    acknowledged.note('reported', decisionId);
    acknowledged.note('approved', approvalId);
    expect(await lostOf(databaseUrl(), acknowledged.soFar())).toEqual([
      `redeemed ${decisionId}`,
      `reported ${decisionId}`,
    ]);
  });
});
