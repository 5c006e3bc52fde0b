import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE_SETTINGS } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { getQueueSettings } from '@/lib/services/queue-settings/get';
import { setQueueSettings } from '@/lib/services/queue-settings/set';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { applyQueueRules } from '@/lib/services/upkeep/queue-rules';
import { claimApproval } from '@/lib/services/approvals/claim';
import { askQuestion } from '@/lib/services/approvals/queue/ask';
import { getApproval } from '@/lib/services/approvals/get';

type Asked = Awaited<ReturnType<typeof askForApproval>>;

let workspace: TestWorkspace;
let agentId: string;
let first: Asked;

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  first = await askForApproval(workspace, agentId, { id: 'c-11', name: 'Ada' });
});

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('settings', () => {
  const input = {
    claimMinutes: 3,
    rules: {
      ...DEFAULT_QUEUE_SETTINGS.rules,
      medium: { remindAfterMinutes: 2, escalateAfterMinutes: 4 },
    },
    reason: 'We are quick',
  };

  it('are the defaults until an admin changes them, and say how long a claim lasts', async () => {
    expect(await getQueueSettings(workspace.as('viewer'))).toMatchObject(DEFAULT_QUEUE_SETTINGS);
    await expect(setQueueSettings(workspace.as('manager'), input)).rejects.toEqual(
      code('forbidden'),
    );
    const changed = await setQueueSettings(workspace.as('admin'), input);
    expect(changed).toMatchObject({ claimMinutes: 3, changedByName: 'The admin' });
    const now = new Date();
    const { claim } = await claimApproval(workspace.as('reviewer', now), first.approvalId);
    expect(Date.parse(claim?.until ?? '') - now.getTime()).toBe(180_000);
  });

  it('remind once and escalate once, whoever has claimed it or asked about it', async () => {
    await setQueueSettings(workspace.as('admin'), input);
    const held = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Bob' });
    const asked = await askForApproval(workspace, agentId, { id: 'c-13', name: 'Cy' });
    const told = async () =>
      (await ledgerKinds(workspace.id)).filter((kind) =>
        ['approval.reminded', 'approval.escalated'].includes(kind),
      );
    await applyQueueRules(later(1).getTime());
    expect(await told()).toEqual([]);
    await claimApproval(workspace.as('reviewer', later(1.5)), held.approvalId);
    await askQuestion(workspace.as('reviewer', later(1.5)), asked.approvalId, 'Which one?');
    await Promise.all([
      applyQueueRules(later(2.5).getTime()),
      applyQueueRules(later(2.5).getTime()),
    ]);
    const reminded = Array.from({ length: 3 }, () => 'approval.reminded');
    expect(await told()).toEqual(reminded);
    await applyQueueRules(later(4.2).getTime());
    await applyQueueRules(later(4.3).getTime());
    expect(await told()).toEqual([...reminded, ...reminded.map(() => 'approval.escalated')]);
    const { escalatedAt } = await getApproval(workspace.as('viewer'), first.approvalId);
    expect(escalatedAt).not.toBeNull();
    const events = await sql('SELECT type FROM outbox WHERE workspace_id = $1 AND type LIKE $2', [
      workspace.id,
      'approval.%ed',
    ]);
    expect(events).toContainEqual({ type: 'approval.escalated' });
  });

  it('take a claim that lapsed out of sight, once, and no other', async () => {
    const held = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Bob' });
    await claimApproval(workspace.as('reviewer'), first.approvalId);
    await claimApproval(workspace.as('reviewer', later(5)), held.approvalId);
    const at = later(11).getTime();
    await Promise.all([applyQueueRules(at), applyQueueRules(at)]);
    const kinds = await ledgerKinds(workspace.id);
    expect(kinds.filter((kind) => kind === 'approval.claim_lapsed')).toHaveLength(1);
    const rows = await sql('SELECT id, claimed_until IS NULL AS free FROM approvals ORDER BY id');
    expect(rows).toContainEqual({ id: first.approvalId, free: true });
    expect(rows).toContainEqual({ id: held.approvalId, free: false });
  });
});
