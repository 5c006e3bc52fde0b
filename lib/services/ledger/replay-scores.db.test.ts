import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { redact } from '@/lib/ledger';
import { registerAgent } from '@/lib/services/agents/register';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { rejectAction } from '@/lib/services/approvals/reject';
import {
  agentInput,
  askForApproval,
  makeAgent,
  makeAskingAgent,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { replayScores } from './replay-scores';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

/** Five questions of one agent, each rejected; then it is revoked, and comes back with the same key. */
async function aLifeAndADebt(): Promise<void> {
  const publicKey = newPublicKey();
  const agent = await makeAskingAgent(workspace, { publicKey });
  for (let n = 0; n < 5; n += 1) {
    const { approvalId } = await askForApproval(workspace, agent.id, { n });
    await rejectAction(workspace.as('reviewer'), approvalId, { reason: 'wrong_target' });
  }
  await revokeAgent(workspace.as('manager'), agent.id, 'It asked for the wrong thing five times');
  const again = await makeAgent(workspace, agentInput({ publicKey }));
  await askForApproval(workspace, again.id).catch(() => undefined);
}

/** The latest moment before now whose milliseconds have the check digit of a card number: about every tenth has. */
function momentLikeACardNumber(): Date {
  for (let at = Date.now() - 1_000; ; at -= 1) if (redact(at) !== at) return new Date(at);
}

describe('computing scores again from the ledger', () => {
  it('gives every recorded score to the last bit, also with debts taken over', async () => {
    await aLifeAndADebt();
    const result = await replayScores(workspace.id);
    expect(result).toMatchObject({ firstDifference: null, unknown: 0 });
    expect(result.checked).toBeGreaterThanOrEqual(11);
  });

  it('keeps a debt as it is, whatever its times look like', async () => {
    const luhn = momentLikeACardNumber();
    const publicKey = newPublicKey();
    const first = await registerAgent(workspace.as('manager', luhn), agentInput({ publicKey }));
    await revokeAgent(workspace.as('manager', luhn), first.id, 'A test');
    const again = await registerAgent(workspace.as('manager', luhn), agentInput({ publicKey }));
    await askForApproval(workspace, again.id).catch(() => undefined);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null, checked: 1 });
  });

  it('finds a score that does not follow from the evidence', async () => {
    await aLifeAndADebt();
    const [entry] = await sql<{ seq: number; text: string }>(
      `SELECT seq, convert_from(bytes, 'UTF8') AS text FROM ledger_entries
       WHERE workspace_id = $1 AND kind = 'decision.made' ORDER BY seq DESC LIMIT 1`,
      [workspace.id],
    );
    const forged = (entry?.text ?? '').replace(/"score":[\d.e-]+/, '"score":0.9');
    await sql(
      `UPDATE ledger_entries SET bytes = convert_to($3, 'UTF8') WHERE workspace_id = $1 AND seq = $2`,
      [workspace.id, entry?.seq ?? 0, forged],
    );
    const { firstDifference } = await replayScores(workspace.id);
    expect(firstDifference).toMatchObject({ seq: entry?.seq, recorded: 0.9 });
  });

  it('finds every score that was changed, and not the ones after it', async () => {
    await aLifeAndADebt();
    const forged = await sql<{ seq: number }>(
      `UPDATE ledger_entries SET bytes =
         convert_to(regexp_replace(convert_from(bytes, 'UTF8'), '"score":[0-9.e-]+', '"score":0.9'), 'UTF8')
       WHERE workspace_id = $1 AND kind = 'decision.made' AND seq < (
         SELECT max(seq) FROM ledger_entries WHERE workspace_id = $1 AND kind = 'decision.made')
       RETURNING seq`,
      [workspace.id],
    );
    const { checked, differences, moreDifferences } = await replayScores(workspace.id);
    expect(forged.length).toBeGreaterThan(1);
    expect(differences.map(({ seq }) => seq)).toEqual(
      forged.map(({ seq }) => seq).sort((a, b) => a - b),
    );
    expect(differences.every(({ recorded }) => recorded === 0.9)).toBe(true);
    expect(moreDifferences).toBe(0);
    expect(checked).toBeGreaterThan(forged.length);
  });

  it('reads nothing of another workspace', async () => {
    await aLifeAndADebt();
    expect(await replayScores((await makeWorkspace()).id)).toMatchObject({ checked: 0 });
  });
});
